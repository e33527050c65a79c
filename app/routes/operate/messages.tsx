import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { system } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { requireViewer } from '#app/features/accounts/guard.server.ts'
import { channelsOn } from '#app/features/notices/channels.server.ts'
import { countDeliveries, giveUpDeliveries, retryDeliveries } from '#app/features/notices/trouble.server.ts'
import { readTroubleAct, readTroubleDone } from '#app/features/notices/trouble.ts'
import { TroubleDone } from '#app/features/notices/trouble-done.tsx'
import { DeliveryCounts } from '#app/features/notices/trouble-table.tsx'
import { troubleWords as words } from '#app/features/notices/trouble-words.ts'
import { words as dateWords } from '#app/lib/date-words.ts'
import { notFound, redirectTo } from '#app/lib/http.ts'
import { pageTitle } from '#app/routes/shell/title.ts'
import { Empty } from '#app/ui/card.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { PageHead } from '#app/ui/page-head.tsx'
import { CHANNELS, DELIVERY_REASONS } from '#db/values.ts'

export const meta: MetaFunction = (args) => pageTitle(args, words, (w) => w.operator.title)

/** How the outbox stands: counts and reasons, nobody's name. */
export async function loader(args: LoaderFunctionArgs) {
  requireViewer(args, 'system.operate')
  const counts = await as(system('health'), countDeliveries)
  return { counts, on: channelsOn(), done: readTroubleDone(new URL(args.request.url).searchParams) }
}

/** `intent`: retry or give_up, for all messages of a `channel` with a `reason`. */
export async function action(args: ActionFunctionArgs) {
  const viewer = requireViewer(args, 'system.operate')
  const form = await args.request.formData()
  const act = readTroubleAct(form)
  const channel = CHANNELS.find((one) => one === form.get('channel'))
  const reason = DELIVERY_REASONS.find((one) => one === form.get('reason'))
  if (!act || !channel || !reason) throw notFound('message')
  const by = { ...system('delivery'), onBehalfOf: viewer.accountId }
  const command = { by, meant: { channel, reason }, now: new Date(), requestId: args.context.requestId }
  const run = act === 'retry' ? retryDeliveries : giveUpDeliveries
  const messages = await as(system('delivery'), (tx) => run(tx, command))
  throw redirectTo(`/operate/messages?${act}=${messages}`)
}

export default function Messages() {
  const w = useWords(words)
  const { list } = useWords(dateWords)
  const { counts, on, done } = useLoaderData<typeof loader>()
  const ways = on.map((channel) => w.channels[channel])
  return (
    <>
      <PageHead title={w.operator.title} meta={w.operator.lead} />
      <div className="stack">
        <TroubleDone done={done} />
        <p>{ways.length > 0 ? `${w.operator.on}: ${list(ways)}` : w.operator.off}</p>
        {counts.length === 0 ? <Empty icon="bell">{w.operator.none}</Empty> : <DeliveryCounts rows={counts} />}
      </div>
    </>
  )
}
