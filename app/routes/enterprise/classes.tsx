import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { as } from '#app/features/accounts/as.server.ts'
import { requireViewer } from '#app/features/accounts/guard.server.ts'
import { listClassCards } from '#app/features/training/classes.server.ts'
import { listGroupClasses } from '#app/features/training/group-classes.server.ts'
import { GroupClassTable, OpenClassTable } from '#app/features/training/group-classes.tsx'
import { groupWords } from '#app/features/training/group-words.ts'
import { findOwnEnterprise } from '#app/features/training/roll.server.ts'
import { notFound } from '#app/lib/http.ts'
import { ButtonLink } from '#app/ui/button.tsx'
import { Section } from '#app/ui/card.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { PageHead } from '#app/ui/page-head.tsx'
import { pageTitle } from '../shell/title.ts'

export const meta: MetaFunction = (args) => pageTitle(args, groupWords, (w) => w.classes.title)

const MOST_OPEN = 60

/** The classes of the union's own workers, and those that take workers now. */
export async function loader(args: LoaderFunctionArgs) {
  const viewer = requireViewer(args, 'group.enrol')
  const found = await as(viewer, async (tx) => {
    const enterprise = await findOwnEnterprise(tx, viewer)
    if (!enterprise) return null
    const own = await listGroupClasses(tx, enterprise.id)
    const { classes } = await listClassCards(tx, { filters: {}, after: null, limit: MOST_OPEN, now: new Date() })
    return { enterprise, own, open: classes.filter(({ state, mode }) => mode !== 'online' && isOpen(state.is)) }
  })
  if (!found) throw notFound()
  return found
}

const isOpen = (state: string) => state === 'open' || state === 'wait'

export default function EnterpriseClasses() {
  const w = useWords(groupWords).classes
  const { enterprise, own, open } = useLoaderData<typeof loader>()
  return (
    <>
      <PageHead title={w.title} meta={w.meta(enterprise.name)}>
        <ButtonLink icon="globe" to="/classes">
          {w.all}
        </ButtonLink>
      </PageHead>
      <div className="stack">
        <Section title={w.own}>
          {own.length === 0 ? <p className="soft">{w.noneYet}</p> : <GroupClassTable classes={own} />}
        </Section>
        <Section title={w.open}>
          {open.length === 0 ? <p className="soft">{w.noneOpen}</p> : <OpenClassTable classes={open} />}
        </Section>
      </div>
    </>
  )
}
