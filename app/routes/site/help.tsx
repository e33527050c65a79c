import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { as } from '#app/features/accounts/as.server.ts'
import { optionalViewer } from '#app/features/accounts/guard.server.ts'
import { listHelp } from '#app/features/courses/help.server.ts'
import { readersFor } from '#app/features/courses/help.ts'
import { HelpRows } from '#app/features/courses/help-parts.tsx'
import { helpWords as words } from '#app/features/courses/help-words.ts'
import { parsePreferences } from '#app/lib/preferences.ts'
import { Card, Empty, Section } from '#app/ui/card.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { PageHead } from '#app/ui/page-head.tsx'
import { pageTitle } from '../shell/title.ts'

export const meta: MetaFunction = (args) =>
  pageTitle(
    args,
    words,
    (w) => w.title,
    (w) => w.lead,
  )

/** Open to everyone; what is for the viewer's own role stands first. */
export async function loader(args: LoaderFunctionArgs) {
  const { viewer } = args.context
  const { locale } = parsePreferences(args.request.headers.get('Cookie'))
  const pages = await as(optionalViewer(args), (tx) => listHelp(tx, locale))
  const groups = readersFor(viewer?.role ?? null).map((reader) => ({
    reader,
    pages: pages.filter((page) => page.reader === reader),
  }))
  return { groups: groups.filter((group) => group.pages.length > 0) }
}

export default function Help() {
  const w = useWords(words)
  const { groups } = useLoaderData<typeof loader>()
  return (
    <>
      <PageHead title={w.title} meta={w.lead} />
      {groups.length === 0 && <Empty icon="book">{w.empty}</Empty>}
      {groups.map(({ reader, pages }) => (
        <Section key={reader} title={w.readers[reader]}>
          <Card>
            <HelpRows pages={pages} />
          </Card>
        </Section>
      ))}
    </>
  )
}
