import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { as } from '#app/features/accounts/as.server.ts'
import { optionalViewer } from '#app/features/accounts/guard.server.ts'
import { pathPath } from '#app/features/catalogue/path-link.tsx'
import { pathWords as words } from '#app/features/catalogue/path-words.ts'
import { listPaths } from '#app/features/catalogue/paths.server.ts'
import { levelWords } from '#app/features/training/level-words.ts'
import { words as dateWords } from '#app/lib/date-words.ts'
import { ButtonLink } from '#app/ui/button.tsx'
import { Card, Empty } from '#app/ui/card.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { PageHead } from '#app/ui/page-head.tsx'
import { Row, RowMeta, Rows } from '#app/ui/rows.tsx'
import { pageTitle } from '../shell/title.ts'

export const meta: MetaFunction = (args) =>
  pageTitle(
    args,
    words,
    (w) => w.title,
    (w) => w.lead,
  )

/** Open to everyone. */
export async function loader(args: LoaderFunctionArgs) {
  return { paths: await as(optionalViewer(args), (tx) => listPaths(tx, new Date())) }
}

export default function Paths() {
  const w = useWords(words)
  const d = useWords(dateWords)
  const levels = useWords(levelWords)
  const { paths } = useLoaderData<typeof loader>()
  return (
    <>
      <PageHead title={w.title} meta={w.lead} />
      {paths.length === 0 ? (
        <Empty icon="book" action={<ButtonLink to="/courses">{w.toCatalogue}</ButtonLink>}>
          {w.empty}
        </Empty>
      ) : (
        <Card>
          <Rows>
            {paths.map((path) => (
              <Row key={path.code} to={pathPath(path.code)} title={path.name ?? path.code}>
                <RowMeta>{w.counts(path.courses, path.classes)}</RowMeta>
                <RowMeta>{d.list(path.levels.map((level) => levels[level]))}</RowMeta>
              </Row>
            ))}
          </Rows>
        </Card>
      )}
    </>
  )
}
