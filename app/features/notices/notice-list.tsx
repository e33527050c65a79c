import { words as dates } from '#app/lib/date-words.ts'
import { Badge } from '#app/ui/badge.tsx'
import { useLocale, useWords } from '#app/ui/locale.tsx'
import { PostForm } from '#app/ui/post-form.tsx'
import { Row, RowButton, RowMeta, Rows } from '#app/ui/rows.tsx'
import { type Notice, noticePath } from './notices.ts'
import { words } from './words.ts'

/** An unread notice is opened by a post, which marks it as read and leads on; one that was read is a link. */
export function NoticeRows({ notices }: { notices: Notice[] }) {
  const w = useWords(words)
  return (
    <Rows>
      {notices.map((notice) =>
        notice.isRead ? (
          <Row key={notice.id} to={noticePath(notice)} title={headOf(w, notice)}>
            <RowMeta>
              <NoticeMeta notice={notice} />
            </RowMeta>
          </Row>
        ) : (
          <li key={notice.id}>
            <PostForm>
              <RowButton name="open" value={notice.id} title={headOf(w, notice)}>
                <NoticeMeta notice={notice} />
              </RowButton>
            </PostForm>
          </li>
        ),
      )}
    </Rows>
  )
}

/** What has happened; to a union, whom it should tell what. */
function headOf({ kinds, passOn, result }: (typeof words)['zh-CN'], notice: Notice): string {
  if (notice.kind === 'worker.not_reached') return passOn(notice.detail.workers, kinds[notice.detail.about])
  const head = kinds[notice.kind]
  return notice.kind === 'results.confirmed' ? result[notice.detail.result](head) : head
}

/** What it is about, and when. */
function NoticeMeta({ notice }: { notice: Notice }) {
  const w = useWords(words)
  const d = useWords(dates)
  const locale = useLocale()
  const { title, titleEn } = notice.detail
  const until = isOffer(notice) ? notice.detail.until : null
  const corrected = notice.kind === 'attendance.corrected' ? notice.detail : null
  const reason = 'reason' in notice.detail && notice.detail.reason
  return (
    <>
      {!notice.isRead && (
        <Badge tone="none" icon="bell">
          {w.isNew}
        </Badge>
      )}{' '}
      {locale === 'en' ? titleEn : title} ·{' '}
      {corrected && `${locale === 'en' ? corrected.becomesEn : corrected.becomes} · `}
      {reason && `${w.reason(reason)} · `}
      {corrected?.until && `${w.mayObject(d.instant(new Date(corrected.until)))} · `}
      {until ? w.until(d.instant(new Date(until))) : d.instant(notice.at)}
    </>
  )
}

/** The union may take the seat for its worker, by the same time. */
const isOffer = (notice: Notice): notice is Extract<Notice, { kind: 'seat.offered' | 'worker.not_reached' }> =>
  notice.kind === 'seat.offered' || (notice.kind === 'worker.not_reached' && notice.detail.about === 'seat.offered')
