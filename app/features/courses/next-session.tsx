import { classPath } from '#app/features/training/class-path.ts'
import { shanghaiDate, shanghaiTime } from '#app/lib/calendar.ts'
import { words as dates } from '#app/lib/date-words.ts'
import { ButtonLink } from '#app/ui/button.tsx'
import { Card } from '#app/ui/card.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { words } from './words.ts'

type Session = {
  classId: string
  className: string
  academyCode: string
  academyName: string
  siteName: string | null
  siteAddress: string | null
  bring: string | null
  startsAt: Date
  endsAt: Date
}

/** Where to be and when; `isMain` when it is today: then it is the one thing to do. */
export function NextSessionCard({ session, isMain }: { session: Session; isMain: boolean }) {
  const w = useWords(words)
  const d = useWords(dates)
  const date = shanghaiDate(session.startsAt)
  const times = `${d.time(shanghaiTime(session.startsAt))}—${d.time(shanghaiTime(session.endsAt))}`
  const when = d.dayAndWeekday(date)
  return (
    <Card title={`${times} ${session.className}`} eyebrow={`${w.nextPractical} · ${when}`} eyebrowIcon="clock" isLifted>
      <p className="soft small">
        {session.academyName}
        {session.siteName && ` · ${session.siteName}`}
        {session.siteAddress && <br />}
        {session.siteAddress}
      </p>
      {session.bring && <p className="soft small">{session.bring}</p>}
      <ButtonLink
        to={classPath(session.academyCode, session.classId)}
        kind={isMain ? 'main' : 'plain'}
        isWide
        isTall={isMain}
      >
        {w.seeClass}
      </ButtonLink>
    </Card>
  )
}
