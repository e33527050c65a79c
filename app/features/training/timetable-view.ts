import { isId } from '#app/lib/ids.ts'

/** What a button of the timetable's form does. */
export const SESSION_INTENTS = ['added', 'changed', 'cancelled', 'made_up'] as const
export type SessionIntent = (typeof SESSION_INTENTS)[number]

/** What a button says of sessions or sittings on days that the work calendar changed: they stay. */
export const STAY = 'stay'

/** What the address of a timetable asks for: a form, of which session; what was just saved. */
export type TimetablePlace = {
  intent: SessionIntent | null
  sessionId: string | null
  saved: SessionIntent | typeof STAY | 'same' | null
}

const PARAMS = { added: 'add', changed: 'edit', cancelled: 'cancel', made_up: 'makeup' } as const

export function readTimetablePlace(search: URLSearchParams): TimetablePlace {
  const intent = SESSION_INTENTS.find((one) => search.has(PARAMS[one])) ?? null
  const id = intent && search.get(PARAMS[intent])
  const saved = search.get('saved')
  return {
    intent,
    sessionId: id && isId(id) ? id : null,
    saved: saved === 'same' || saved === STAY ? saved : (SESSION_INTENTS.find((one) => one === saved) ?? null),
  }
}

/** The address that opens a form, relative to the page. */
export const formAddress = (intent: SessionIntent, sessionId = '') => `?${PARAMS[intent]}=${sessionId}#session-form`

/** The form that the page shows: of the address, or the one that came back refused. Null: none, or its session is gone. */
export function formOf<S extends { id: string }>(
  place: TimetablePlace,
  sessions: readonly S[],
  refused?: SessionIntent,
  refusedId?: string,
): { intent: SessionIntent; session: S | null } | null {
  const intent = refused ?? place.intent
  const id = refused ? refusedId : place.sessionId
  if (!intent) return null
  const session = sessions.find((one) => one.id === id) ?? null
  return intent !== 'added' && !session ? null : { intent, session }
}
