import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { as } from '#app/features/accounts/as.server.ts'
import { requireViewer } from '#app/features/accounts/guard.server.ts'
import { NoticeRows } from '#app/features/notices/notice-list.tsx'
import { listNotices, openNotice, readAllNotices } from '#app/features/notices/notices.server.ts'
import { troubleWords } from '#app/features/notices/trouble-words.ts'
import { words } from '#app/features/notices/words.ts'
import { notFound, redirectTo } from '#app/lib/http.ts'
import { isId } from '#app/lib/ids.ts'
import { pageTitle } from '#app/routes/shell/title.ts'
import { ButtonLink } from '#app/ui/button.tsx'
import { Card, Empty } from '#app/ui/card.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { Pager } from '#app/ui/navigation.tsx'
import { PageHead } from '#app/ui/page-head.tsx'
import { PostForm } from '#app/ui/post-form.tsx'
import { SubmitButton } from '#app/ui/submit-button.tsx'

export const meta: MetaFunction = (args) => pageTitle(args, words, (w) => w.title)

/** What one's own account was told. */
export async function loader(args: LoaderFunctionArgs) {
  const viewer = requireViewer(args, 'account.own')
  const place = new URL(args.request.url).searchParams.get('before')
  const before = place && isId(place) ? place : null
  const listed = await as(viewer, (tx) => listNotices(tx, { accountId: viewer.accountId, before }))
  // Who looks after an academy's people sees here whom an SMS or mail did not reach.
  return { ...listed, academyCode: viewer.role === 'academy_admin' ? viewer.academyCode : null }
}

/** `open`: marks one as read and goes where it leads. Without it: marks all. */
export async function action(args: ActionFunctionArgs) {
  const viewer = requireViewer(args, 'account.own')
  const open = (await args.request.formData()).get('open')
  const of = { accountId: viewer.accountId, now: new Date() }
  if (open === null) {
    await as(viewer, (tx) => readAllNotices(tx, of))
    throw redirectTo('/notices')
  }
  const path =
    typeof open === 'string' && isId(open) ? await as(viewer, (tx) => openNotice(tx, { ...of, id: open })) : null
  if (!path) throw notFound('notice')
  throw redirectTo(path)
}

export default function Notices() {
  const w = useWords(words)
  const trouble = useWords(troubleWords)
  const { notices, hasMore, academyCode } = useLoaderData<typeof loader>()
  const isUnread = notices.some((notice) => !notice.isRead)
  return (
    <>
      <PageHead title={w.title} meta={w.lead}>
        {academyCode && <ButtonLink to={`/academies/${academyCode}/manage/messages`}>{trouble.link}</ButtonLink>}
        {isUnread && (
          <PostForm>
            <SubmitButton kind="plain">{w.readAll}</SubmitButton>
          </PostForm>
        )}
      </PageHead>
      {notices.length === 0 ? (
        <Empty icon="bell">{w.none}</Empty>
      ) : (
        <Card>
          <NoticeRows notices={notices} />
          {hasMore && <Pager summary={w.shown(notices.length)} next={`?before=${notices.at(-1)?.id}`} />}
        </Card>
      )}
    </>
  )
}
