import { Callout } from '#app/ui/callout.tsx'
import { useLocale, useWords } from '#app/ui/locale.tsx'
import type { AssessmentRefusal } from './assessment-acts.server.ts'
import type { AssessmentPage } from './assessment-page.server.ts'
import { namedSitting } from './assessment-say.ts'
import type { AssessmentPlace } from './assessment-view.ts'
import { assessmentWords } from './assessment-words.ts'
import { planWords } from './plan-words.ts'
import { isObstacle, saidObstacle } from './session-say.ts'
import { STAY } from './timetable-view.ts'

/** What was just saved, what a copy has not, why nothing was saved, and what does not fit as it stands. */
export function AssessmentNotes({
  page: { held, misfit },
  saved,
  left,
  refusal,
}: Pick<AssessmentPlace, 'saved' | 'left'> & { page: AssessmentPage; refusal: AssessmentRefusal | null }) {
  const w = useWords(assessmentWords)
  const plan = useWords(planWords)
  const locale = useLocale()
  return (
    <>
      {saved && (
        <Callout tone={saved === 'same' ? 'info' : 'met'} role="status">
          {saved === STAY ? plan.sittingDays.saved : w.saved[saved]}
        </Callout>
      )}
      {left.length > 0 && (
        <Callout tone="warn" title={w.leftOut.title}>
          <ul>
            {left.map((one, at) => (
              <li key={String(at)}>{w.leftOut[one.why](namedSitting(locale, one))}</li>
            ))}
          </ul>
        </Callout>
      )}
      {refusal && refusal.reason !== 'faults' && (
        <Callout tone="miss" role="alert">
          {w.notSaved(
            isObstacle(refusal)
              ? saidObstacle(locale, refusal)
              : refusal.reason === 'same_name'
                ? w.sameName(refusal.name)
                : w.refused[refusal.reason],
          )}
        </Callout>
      )}
      {misfit && !refusal && (
        <Callout tone="warn">
          {held.status === 'draft' ? w.misfit : w.misfitNow} {saidObstacle(locale, misfit)}
        </Callout>
      )}
    </>
  )
}
