/** Who is acting, as the row-level policies read it (db/schema/rls.ts). Absent settings admit nothing. */
export type Settings = {
  account?: string
  person?: string
  academy?: string
  union?: string
  role?: string
  purpose?: string
}

const FIELDS = ['account', 'person', 'academy', 'union', 'role', 'purpose'] as const
const SET_ACTOR = `select set_config('app.account', $1, true), set_config('app.person', $2, true),
  set_config('app.academy', $3, true), set_config('app.union', $4, true),
  set_config('app.role', $5, true), set_config('app.purpose', $6, true)`

/** Who a transaction acts as, and as whom the database knows it: it is told with the next query. */
export type Acting = { as: Settings; known: Settings | null; hasEnded: boolean }

const LATE = 'asked of a transaction that has ended'

/** Something was refused since its transaction had ended, whoever wrapped that. */
export function isLate(error: unknown): boolean {
  for (let cause = error; cause instanceof Error; cause = cause.cause) if (cause.message === LATE) return true
  return false
}

/**
 * Lets the database know who acts now, ahead of what is asked next; an actor whom it knows already costs nothing.
 * @throws an Error where the transaction has ended.
 */
export function tellActor(who: Acting, ask: (query: string, values: string[]) => unknown): void {
  if (who.hasEnded) throw new Error(LATE)
  const { as, known } = who
  if (known && FIELDS.every((field) => known[field] === as[field])) return
  who.known = as
  ask(
    SET_ACTOR,
    FIELDS.map((field) => as[field] ?? ''),
  )
}
