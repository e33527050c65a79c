import { type ReactNode, useEffect, useState } from 'react'
import { Callout } from '#app/ui/callout.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { HEARTBEATS_PATH, type LessonTimeView, minutesLeft } from './lesson-time.ts'
import { study, type Trouble } from './study.ts'
import { studyWords } from './study-words.ts'

const MINUTE_MS = 60_000
const minutesOf = (ms: number) => Math.floor(ms / MINUTE_MS)

type Props = {
  course: string
  lesson: string
  time: LessonTimeView
  /** Nothing but time is missing: read, and its quiz passed. */
  isWaiting: boolean
  /** The lesson was done just now, by its time. */
  onDone: () => void
  children: ReactNode
}

/**
 * A lesson with its time: how much is counted above it, what is still missing below it, and, the moment something does not
 * count, why. The heartbeats behind it: study.ts. Give it the lesson as `key`.
 */
export function StudyTime({ course, lesson, time, isWaiting, onDone, children }: Props) {
  const { view, trouble } = useStudy({ course, lesson, time, onDone })
  return (
    <>
      <TimeLine time={view} />
      {children}
      {isWaiting && <StillMissing time={view} />}
      <TroubleNotice time={view} trouble={trouble} />
    </>
  )
}

function useStudy({ course, lesson, time, onDone }: Omit<Props, 'isWaiting' | 'children'>) {
  const [opened] = useState(time)
  const [state, setState] = useState<Parameters<Parameters<typeof study>[1]>>([null, null])
  const [counted, trouble] = state
  useEffect(() => {
    const { opening, rules } = opened
    return study({ url: HEARTBEATS_PATH, course, lesson, opening, ...rules }, (...told) => setState(told))
  }, [course, lesson, opened])
  const isDone = time.isDone || (counted?.isDone ?? false)
  const isNews = isDone && !time.isDone
  useEffect(() => {
    if (isNews) onDone()
  }, [isNews, onDone])
  const view: LessonTimeView = {
    ...time,
    isDone,
    activeMs: Math.max(time.activeMs, counted?.activeMs ?? 0),
    media: time.media.map((one) => ({ ...one, percent: Math.max(one.percent, counted?.played[one.name] ?? 0) })),
  }
  return { view, trouble }
}

function TimeLine({ time }: { time: LessonTimeView }) {
  const w = useWords(studyWords)
  const { activeMs, neededMs, rules, isDone, media } = time
  const needed = Math.ceil(neededMs / MINUTE_MS)
  const said = isDone ? w.done : activeMs >= neededMs ? w.timeGiven : w.time(minutesOf(activeMs), needed)
  return (
    <div className="small muted disclosure">
      <details>
        <summary>
          {said} <span className="disclosure-more">{w.how}</span>
        </summary>
        <ul>
          <li>{w.rules.active(Math.round(rules.idleMs / MINUTE_MS))}</li>
          <li>{w.rules.once}</li>
          {media.length > 0 && <li>{w.rules.media(rules.playedPercent, rules.fullSpeed)}</li>}
          <li>{w.rules.late(minutesOf(rules.lateMs))}</li>
          <li>{rules.source === null ? w.rules.noSource : w.rules.source(rules.source)}</li>
        </ul>
      </details>
      {!isDone && (
        <noscript>
          <p>{w.noScript(minutesOf(time.byFormMs))}</p>
          {media.length > 0 && <p>{w.noScriptMedia}</p>}
        </noscript>
      )}
    </div>
  )
}

function StillMissing({ time }: { time: LessonTimeView }) {
  const w = useWords(studyWords)
  const left = minutesLeft(time)
  const unplayed = time.media.filter(({ percent }) => percent < time.rules.playedPercent)
  if (time.isDone || (left === 0 && unplayed.length === 0)) return null
  return (
    <div className="section">
      <Callout tone="warn" title={w.missing}>
        {left > 0 && <p>{w.missingTime(left)}</p>}
        {unplayed.map(({ name, title, percent }) => (
          <p key={name}>{w.missingMedia(title, percent, time.rules.playedPercent)}</p>
        ))}
      </Callout>
    </div>
  )
}

/** Always there, so that a change of its text is read aloud. A lesson that is done needs no time. */
function TroubleNotice({ time, trouble }: { time: LessonTimeView; trouble: Trouble | null }) {
  const w = useWords(studyWords)
  const { rules, isDone } = time
  const limits = { lateMinutes: minutesOf(rules.lateMs), fullSpeed: rules.fullSpeed }
  return (
    <p className="livenote" role="status">
      {trouble && !isDone && w.trouble[trouble](limits)}
    </p>
  )
}
