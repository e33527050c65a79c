import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { as } from '#app/features/accounts/as.server.ts'
import { requireViewer } from '#app/features/accounts/guard.server.ts'
import { FeedState, NewAddress } from '#app/features/calendar/calendar-card.tsx'
import { calendarWords as words } from '#app/features/calendar/calendar-words.ts'
import { findFeed, makeFeed, removeFeed } from '#app/features/calendar/feed.server.ts'
import { notFound } from '#app/lib/http.ts'
import { parsePreferences } from '#app/lib/preferences.ts'
import { Callout } from '#app/ui/callout.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { PageHead } from '#app/ui/page-head.tsx'
import type { ShellHandle } from '../shell/handle.ts'
import { pageTitle } from '../shell/title.ts'

export const handle: ShellHandle = { top: ({ locale }) => ({ back: '/me', title: words[locale].title }) }

export const meta: MetaFunction = (args) => pageTitle(args, words, (w) => w.title)

/** The secret address of one's own calendar. */
export async function loader(args: LoaderFunctionArgs) {
  const viewer = requireViewer(args, 'account.own')
  return { feed: await as(viewer, (tx) => findFeed(tx, viewer)) }
}

/** `intent`: make (shows the new address, this once) or remove. */
export async function action(args: ActionFunctionArgs) {
  const viewer = requireViewer(args, 'account.own')
  const intent = (await args.request.formData()).get('intent')
  const command = { viewer, now: new Date(), requestId: args.context.requestId }
  if (intent === 'remove') {
    await as(viewer, (tx) => removeFeed(tx, command))
    return data({ address: null })
  }
  if (intent !== 'make') throw notFound('intent')
  const secret = await as(viewer, (tx) => makeFeed(tx, command))
  const { locale } = parsePreferences(args.request.headers.get('Cookie'))
  const query = new URLSearchParams({ key: secret, ...(locale === 'en' ? { lang: 'en' } : {}) })
  return data({ address: `${new URL(args.request.url).origin}/calendar.ics?${query}` })
}

export default function MyCalendar() {
  const w = useWords(words)
  const { feed } = useLoaderData<typeof loader>()
  const result = useActionData<typeof action>()
  return (
    <>
      <PageHead title={w.title} meta={w.lead} />
      <div className="stack">
        {result && !result.address && (
          <Callout tone="info" role="status">
            <p>{w.removed}</p>
          </Callout>
        )}
        {result?.address && <NewAddress address={result.address} key={result.address} />}
        <FeedState madeAt={feed?.madeAt ?? null} hasNew={Boolean(result?.address)} />
      </div>
    </>
  )
}
