import type { Problem } from './problem.ts'

/** Rows with errors by their position (position.ts), and what is wrong with each. */
export type Rejected = Map<number, Problem[]>

/** More rows than can be imported again from a workbook are not kept. */
export const MOST_REJECTED = 50_000

export function reject(rejected: Rejected, position: number, problems: readonly Problem[]): void {
  const known = rejected.get(position)
  if (known) known.push(...problems)
  else if (rejected.size < MOST_REJECTED) rejected.set(position, [...problems])
}
