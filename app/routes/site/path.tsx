import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { as } from '#app/features/accounts/as.server.ts'
import { optionalViewer } from '#app/features/accounts/guard.server.ts'
import { PathSteps } from '#app/features/catalogue/path-steps.tsx'
import { pathWords as words } from '#app/features/catalogue/path-words.ts'
import { findPath } from '#app/features/catalogue/paths.server.ts'
import { learnerOf } from '#app/features/courses/learner.ts'
import { shanghaiDate } from '#app/lib/calendar.ts'
import { notFound } from '#app/lib/http.ts'
import { ButtonLink } from '#app/ui/button.tsx'
import { Empty } from '#app/ui/card.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { PageHead } from '#app/ui/page-head.tsx'
import type { ShellHandle } from '../shell/handle.ts'
import { head, pageLocale } from '../shell/title.ts'

export const handle: ShellHandle = { top: ({ locale }) => ({ back: '/paths', title: words[locale].title }) }

export const meta: MetaFunction<typeof loader> = (args) => {
  const locale = pageLocale(args)
  const w = words[locale]
  const name = args.data?.path.name
  return name === undefined ? head(locale, w.title) : head(locale, w.of(name), w.about(name))
}

/** Open to everyone; a learner sees how far they are. 404: there is no such occupation. */
export async function loader(args: LoaderFunctionArgs) {
  const { occupation: code = '' } = args.params
  const viewer = learnerOf(args.context.viewer) ? args.context.viewer : null
  const now = new Date()
  const path = /^[\d-]{1,20}$/.test(code)
    ? await as(optionalViewer(args), (tx) => findPath(tx, { code, viewer, now }))
    : null
  if (!path) throw notFound('occupation')
  return { path, today: shanghaiDate(now) }
}

export default function Path() {
  const w = useWords(words)
  const { path, today } = useLoaderData<typeof loader>()
  const { code, name, levels, behind } = path
  return (
    <>
      <PageHead title={w.of(name)} meta={w.ofLead} />
      {levels.length === 0 && (
        <Empty icon="book" action={<ButtonLink to="/paths">{w.all}</ButtonLink>}>
          {w.nothing}
        </Empty>
      )}
      {levels.map((one) => (
        <PathSteps key={one.level ?? 'none'} occupation={code} path={one} behind={behind} today={today} />
      ))}
    </>
  )
}
