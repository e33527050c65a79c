import { yearOf } from '#app/lib/calendar.ts'
import { words as dateWords } from '#app/lib/date-words.ts'
import { ButtonLink } from '#app/ui/button.tsx'
import { Callout } from '#app/ui/callout.tsx'
import { Link } from '#app/ui/link.tsx'
import { useLocale, useWords } from '#app/ui/locale.tsx'
import { Crumbs, Seg } from '#app/ui/navigation.tsx'
import { PageHead } from '#app/ui/page-head.tsx'
import { assessmentWords } from './assessment-words.ts'
import { classPath } from './class-path.ts'
import { closingWords } from './closing-words.ts'
import { DaysNote } from './day-doubts.tsx'
import { words } from './desk-words.ts'
import { editWords } from './edit-words.ts'
import { mendWords } from './mend-words.ts'
import { DraftActs, OpeningNote } from './opening-note.tsx'
import { paperWords } from './paper-words.ts'
import type { PlanRefusal } from './plan-affirm.server.ts'
import { AffirmedNote, PlanBeforePublishing } from './plan-doubts.tsx'
import type { PublishRefusal } from './publish-class.server.ts'
import { requirementWords } from './requirement-words.ts'
import type { RosterClass } from './roster.server.ts'
import { ROSTER_VIEWS, type RosterView, rosterAddress } from './roster-view.ts'
import { seatsDeskWords } from './seats-desk-words.ts'
import { isObstacle, saidObstacle } from './session-say.ts'
import { sessionWords } from './session-words.ts'
import { templateWords } from './template-words.ts'
import { words as publicWords } from './words.ts'

const isOfPlan = (refusal: PublishRefusal): refusal is PlanRefusal =>
  ['all_begun', 'too_few_hours', 'plan_doubted'].includes(refusal.reason)

/** The head of a class at the desk: what it is, its parts, what was just saved, and publishing while it is a draft. */
export function RosterHead({
  held,
  view,
  academyCode,
  canChange,
  saved,
  savedText,
  toConfirm = 0,
  today,
  missing = null,
  notPublished = null,
  typed = {},
  children,
}: {
  held: RosterClass
  view: RosterView | 'seats' | 'attendance' | 'materials' | 'file' | 'identity'
  academyCode: string
  canChange: boolean
  /** How many records the last form changed; null: none was just sent. */
  saved: number | null
  /** What is said of them, where it is more than that they were saved. */
  savedText?: string
  /** How many results wait for a second person. */
  toConfirm?: number
  today: string
  /** How many parts its file lacks by now; null: not asked here. */
  missing?: number | null
  /** What stood in the way of publishing it just now. */
  notPublished?: PublishRefusal | null
  /** As the form that was refused was typed. */
  typed?: Readonly<Record<string, string>>
  /** The part that is shown. */
  children: React.ReactNode
}) {
  const { roster: w, classes, openClass } = useWords(words)
  const { modes, hours } = useWords(publicWords)
  const closing = useWords(closingWords)
  const mend = useWords(mendWords)
  const edit = useWords(editWords)
  const sessions = useWords(sessionWords)
  const paper = useWords(paperWords)
  const templates = useWords(templateWords)
  const plan = useWords(assessmentWords)
  const d = useWords(dateWords)
  const locale = useLocale()
  const s = useWords(seatsDeskWords)
  const { tab: materials } = useWords(requirementWords)
  const isDraft = held.status === 'draft'
  const isHeld = held.plan !== null && (held.plan.bar !== null || (held.plan.doubts.length > 0 && !held.plan.affirmed))
  const isPublic = held.origin === 'system' && !isDraft
  const views = canChange ? ROSTER_VIEWS : ROSTER_VIEWS.filter((one) => one === 'overview')
  const base = `/academies/${academyCode}/manage/classes/${held.id}`
  const items = views.map((one) => ({
    to: `${base}${rosterAddress({ view: one })}`,
    label: one === 'confirm' && toConfirm > 0 ? w.counted(w[one], toConfirm) : w[one],
    isCurrent: one === view,
  }))
  if (isPublic && held.isHeaded)
    items.splice(1, 0, { to: `${base}/seats`, label: s.tab(held.requests, held.waiting), isCurrent: view === 'seats' })
  if (held.origin === 'system' && held.isHeaded)
    items.push({
      to: `${base}/materials`,
      label: held.materials > 0 ? w.counted(materials, held.materials) : materials,
      isCurrent: view === 'materials',
    })
  if (isPublic && held.mode !== 'online')
    items.push(
      { to: `${base}/attendance`, label: w.attendance, isCurrent: view === 'attendance' },
      {
        to: `${classPath(academyCode, held.id)}/file`,
        label: missing ? w.counted(w.file, missing) : w.file,
        isCurrent: view === 'file',
      },
    )
  const seats = held.capacity === null ? '' : ` · ${classes.seats} ${held.taken} / ${held.capacity}`
  const facts = [
    held.code,
    modes[held.mode],
    d.period(held.startsOn, held.endsOn, yearOf(today)),
    hours(held.plannedHours),
  ]
  return (
    <>
      <Crumbs
        items={[{ to: `/academies/${academyCode}/manage/classes`, label: classes.title }, { label: held.name }]}
      />
      <PageHead title={held.name} meta={`${facts.join(' · ')}${seats}`}>
        {held.origin === 'system' && held.mode !== 'online' && (
          <ButtonLink icon="clock" to={canChange ? `${base}/timetable` : `${base}/timetable/print`}>
            {canChange ? sessions.title : paper.timetable}
          </ButtonLink>
        )}
        {canChange && held.origin === 'system' && (
          <ButtonLink kind="quiet" to={`${base}/assessment`}>
            {plan.title}
          </ButtonLink>
        )}
        {canChange && held.origin === 'system' && (
          <ButtonLink kind="quiet" to={`/academies/${academyCode}/manage/classes/new?copy=${held.id}`}>
            {openClass.copy}
          </ButtonLink>
        )}
        {canChange && held.origin === 'system' && (
          <ButtonLink kind="quiet" to={`/academies/${academyCode}/manage/templates?class=${held.id}`}>
            {templates.toKeep}
          </ButtonLink>
        )}
        {canChange && held.status !== 'closed' && (
          <ButtonLink kind="quiet" to={held.origin === 'system' ? `${base}/edit` : `${base}/mend`}>
            {held.origin === 'system' ? edit.title : mend.link}
          </ButtonLink>
        )}
        {isPublic && (
          <ButtonLink icon="globe" to={classPath(academyCode, held.id)}>
            {w.publicPage}
          </ButtonLink>
        )}
        {isDraft && canChange && <DraftActs opening={held.opening} isHeld={isHeld} />}
      </PageHead>
      <div className="stack">
        {isDraft && <Callout tone="warn">{w.draftNote}</Callout>}
        {view === 'overview' && held.status === 'closed' && (
          <Callout tone="info" title={closing.state}>
            {closing.stateText} <Link to={`${classPath(academyCode, held.id)}/closing`}>{closing.toIt}</Link>
          </Callout>
        )}
        {view === 'overview' && canChange && isPublic && held.status === 'published' && held.endsOn < today && (
          <Callout tone="warn">
            {closing.due} <Link to={`${classPath(academyCode, held.id)}/closing`}>{closing.toClose}</Link>
          </Callout>
        )}
        {held.opening && <OpeningNote opening={held.opening} />}
        {notPublished && !isOfPlan(notPublished) && (
          <Callout tone="miss" role="alert" title={w.notPublished}>
            {isObstacle(notPublished) ? saidObstacle(locale, notPublished) : sessions.refused[notPublished.reason]}{' '}
            {notPublished.reason === 'no_room' && <Link to={`${base}/edit#class-capacity`}>{w.toSeats}</Link>}
            {['plan_missing', 'plan_unfit', 'assessor_left'].includes(notPublished.reason) && (
              <Link to={`${base}/assessment`}>{plan.title}</Link>
            )}
          </Callout>
        )}
        {held.plan && canChange && (
          <PlanBeforePublishing
            {...{ base, typed }}
            plan={held.plan}
            opening={held.opening}
            refusal={notPublished && isOfPlan(notPublished) ? notPublished : null}
          />
        )}
        {!held.plan && held.affirmed && view === 'overview' && canChange && <AffirmedNote affirmed={held.affirmed} />}
        {view === 'overview' && (
          <>
            <DaysNote meets="session" days={held.days.session} to={canChange ? `${base}/timetable` : null} />
            <DaysNote meets="sitting" days={held.days.sitting} to={canChange ? `${base}/assessment` : null} />
          </>
        )}
        {/* What became of a draft that was handed in is said above. */}
        {saved !== null && !held.opening && (
          <Callout tone={saved > 0 ? 'met' : 'info'} role="status">
            {view === 'seats'
              ? (savedText ?? s.saved(saved))
              : saved > 0
                ? (savedText ?? w.saved(saved))
                : isDraft || view !== 'overview'
                  ? w.unchanged
                  : w.published}
          </Callout>
        )}
        {view === 'overview' && canChange && held.requests > 0 && (
          <Callout tone="warn">
            {s.waits(held.requests)} <Link to={`${base}/seats`}>{s.toThem}</Link>
          </Callout>
        )}
        {view === 'overview' && canChange && missing !== null && missing > 0 && (
          <Callout tone="info">
            {w.fileMissing(missing)} <Link to={`${classPath(academyCode, held.id)}/file`}>{w.file}</Link>
          </Callout>
        )}
        {items.length > 1 && (
          <div>
            <Seg label={w.views} items={items} />
          </div>
        )}
        {!canChange && view === 'overview' && <p className="soft">{w.readOnly}</p>}
        {children}
      </div>
    </>
  )
}
