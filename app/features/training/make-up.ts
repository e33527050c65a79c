import type { SessionStatus } from '#db/values.ts'

type Linked = { id: string; status: SessionStatus; makesUpForId: string | null }

/** Whether a session makes up for one that was held: its hours are that one's, and come on top of nobody's. */
export const isOfHeld = (session: Linked, all: readonly Linked[]): boolean =>
  all.some(({ id, status }) => id === session.makesUpForId && status === 'planned')

/** The sessions that take place and whose hours are their own: what a class delivers. */
export const delivering = <S extends Linked>(all: readonly S[]): S[] =>
  all.filter((one) => one.status === 'planned' && !isOfHeld(one, all))

/**
 * The session for which another one is to be planned when this one is made up: what fell through, and what stands for one that was held,
 * leads to that one, so that the hours of one session are brought back once however often it is tried.
 */
export function toMakeUp<S extends Linked>(session: S, all: readonly S[]): S {
  const original = all.find(({ id }) => id === session.makesUpForId)
  return original && (session.status === 'cancelled' || original.status === 'planned')
    ? toMakeUp(original, all)
    : session
}

/**
 * Whether a session may be made up now. One that was cancelled, as long as nothing is planned in its place; one whose sheet is closed
 * (`isDone`), for those who lack hours of it, one make-up after the other.
 */
export function mayMakeUp(
  session: Linked,
  of: { sessions: readonly Linked[]; isDone: (id: string) => boolean; lacking: number },
): boolean {
  if (toMakeUp(session, of.sessions).id !== session.id) return false
  const isHeld = session.status === 'planned'
  if (isHeld && (!of.isDone(session.id) || of.lacking === 0)) return false
  const others = of.sessions.filter((one) => one.status === 'planned' && one.makesUpForId === session.id)
  return others.every(({ id }) => isHeld && of.isDone(id))
}
