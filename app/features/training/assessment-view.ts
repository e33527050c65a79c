import { type LeftSitting, readLeft } from './assessment-carry.ts'
import { STAY } from './timetable-view.ts'

/** What a button of a sitting's form does. */
export const SITTING_INTENTS = ['added', 'changed', 'cancelled'] as const
export type SittingIntent = (typeof SITTING_INTENTS)[number]
/** What a form of the plan's page asks for. */
export const ASSESSMENT_INTENTS = [...SITTING_INTENTS, 'settings'] as const
export type AssessmentIntent = (typeof ASSESSMENT_INTENTS)[number]

/** What the address of an assessment plan asks for: a form, of which sitting; what was just saved; what a copy has not. */
export type AssessmentPlace = {
  intent: SittingIntent | null
  sittingId: string | null
  saved: AssessmentIntent | typeof STAY | 'same' | null
  left: LeftSitting[]
}

const PARAMS = { added: 'add', changed: 'edit', cancelled: 'cancel' } as const

export function readAssessmentPlace(search: URLSearchParams): AssessmentPlace {
  const saved = search.get('saved')
  return {
    intent: SITTING_INTENTS.find((one) => search.has(PARAMS[one])) ?? null,
    sittingId: search.get('edit') ?? search.get('cancel'),
    saved: saved === 'same' || saved === STAY ? saved : (ASSESSMENT_INTENTS.find((one) => one === saved) ?? null),
    left: readLeft(search.get('left')),
  }
}

/** The address that opens the form of a sitting, relative to the plan's page. */
export const sittingAddress = (intent: SittingIntent, id = '') => `?${PARAMS[intent]}=${id}#sitting-form`

/** The form that the page shows: of the address, or the one that came back refused. Null: none, or its sitting is gone. */
export function sittingFormOf<S extends { id: string }>(
  place: AssessmentPlace,
  sittings: readonly S[],
  refused: { intent: AssessmentIntent; sittingId: string } | null,
): { intent: SittingIntent; sitting: S | null } | null {
  const ofSitting = SITTING_INTENTS.find((one) => one === refused?.intent)
  const intent = ofSitting ?? place.intent
  const id = ofSitting ? refused?.sittingId : place.sittingId
  const sitting = sittings.find((one) => one.id === id) ?? null
  return intent === null || (intent !== 'added' && !sitting) ? null : { intent, sitting }
}
