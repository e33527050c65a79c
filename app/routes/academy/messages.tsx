import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { as } from '#app/features/accounts/as.server.ts'
import { requireViewer } from '#app/features/accounts/guard.server.ts'
import {
  giveUpDeliveries,
  listNumberless,
  listTroubled,
  retryDeliveries,
} from '#app/features/notices/trouble.server.ts'
import { readTroubleAct, readTroubleDone } from '#app/features/notices/trouble.ts'
import { TroubleDone } from '#app/features/notices/trouble-done.tsx'
import { NumberlessSection, TroubleTable } from '#app/features/notices/trouble-table.tsx'
import { troubleWords as words } from '#app/features/notices/trouble-words.ts'
import { notFound, redirectTo } from '#app/lib/http.ts'
import { isId } from '#app/lib/ids.ts'
import { pageTitle } from '#app/routes/shell/title.ts'
import { Empty } from '#app/ui/card.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { Pager } from '#app/ui/navigation.tsx'
import { PageHead } from '#app/ui/page-head.tsx'
import { PostForm } from '#app/ui/post-form.tsx'
import { SubmitButton } from '#app/ui/submit-button.tsx'

export const meta: MetaFunction = (args) => pageTitle(args, words, (w) => w.title)

/** What an academy told its people by SMS or mail and did not reach them. */
export async function loader(args: LoaderFunctionArgs) {
  const { academyId, academyCode, ...viewer } = requireViewer(args, 'training.manage')
  if (!academyId) throw notFound('academy')
  const search = new URL(args.request.url).searchParams
  const place = search.get('before')
  const before = place && isId(place) ? place : null
  const [listed, numberless] = await as({ ...viewer, academyId, academyCode }, (tx) =>
    Promise.all([listTroubled(tx, { academyId, before }), listNumberless(tx, academyId)]),
  )
  return { ...listed, academyCode: academyCode ?? '', numberless, done: readTroubleDone(search) }
}

/** `intent`: retry or give_up; `id`: one message, without it all of the academy. */
export async function action(args: ActionFunctionArgs) {
  const viewer = requireViewer(args, 'training.manage')
  const { academyId, academyCode } = viewer
  const form = await args.request.formData()
  const act = readTroubleAct(form)
  const id = form.get('id')
  if (!academyId || !act || (id !== null && !isId(String(id)))) throw notFound('message')
  const meant = { academyId, id: id === null ? undefined : String(id) }
  const command = { by: viewer, meant, now: new Date(), requestId: args.context.requestId }
  const run = act === 'retry' ? retryDeliveries : giveUpDeliveries
  const messages = await as(viewer, (tx) => run(tx, command))
  throw redirectTo(`/academies/${academyCode}/manage/messages?${act}=${messages}`)
}

export default function Messages() {
  const w = useWords(words)
  const { rows, academyCode, numberless, hasMore, done } = useLoaderData<typeof loader>()
  return (
    <>
      <PageHead title={w.title} meta={w.lead}>
        {rows.length > 0 && (
          <PostForm>
            <SubmitButton kind="plain" name="intent" value="retry">
              {w.retryAll}
            </SubmitButton>
          </PostForm>
        )}
      </PageHead>
      <div className="stack">
        <TroubleDone done={done} />
        {rows.length === 0 ? (
          <Empty icon="bell">{w.none}</Empty>
        ) : (
          <TroubleTable rows={rows} academyCode={academyCode} />
        )}
        <NumberlessSection rows={numberless} />
        {hasMore && <Pager summary={w.shown(rows.length)} next={`?before=${rows.at(-1)?.id}`} />}
      </div>
    </>
  )
}
