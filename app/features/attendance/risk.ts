/**
 * Whether a worker can still be credited, but not if the next session is missed: the moment at which a warning is of use.
 * All in class hours. `toCome`: of sessions whose sheets are not closed and from which the worker has no leave; `next`: of the
 * next one of them.
 */
export function isAtRisk({
  attended,
  toCome,
  next,
  needed,
}: {
  attended: number
  toCome: number
  next: number
  needed: number
}): boolean {
  return next > 0 && attended < needed && attended + toCome >= needed && attended + toCome - next < needed
}
