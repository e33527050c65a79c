import { type Category, type DeclaredLevel, LEVELS, type Level } from '#db/values.ts'

/** Who may take a seat in a class; null or false: everybody, as far as this rule goes. */
export type Eligibility = {
  eligibleCategories: Category[] | null
  /** Held already, at least, in the class's occupation. */
  eligibleLevel: Level | null
  /** Whole years of work, at least. */
  eligibleYears: number | null
  /** As they are written. */
  eligibleEmployers: string[] | null
  isForMembers: boolean
}

/** The rules as a class's row keeps them. */
export type Stored = Omit<Eligibility, 'eligibleCategories' | 'eligibleLevel'> & {
  eligibleCategories: string[] | null
  eligibleLevel: string | null
}

/** The rules of a class from its row. */
export const eligibilityOf = (row: Stored): Eligibility => ({
  eligibleCategories: row.eligibleCategories as Category[] | null,
  eligibleLevel: row.eligibleLevel as Level | null,
  eligibleYears: row.eligibleYears,
  eligibleEmployers: row.eligibleEmployers,
  isForMembers: row.isForMembers,
})

/** The rules in the order in which a refusal names them. */
export const ELIGIBILITY_RULES = ['category', 'employer', 'level', 'years', 'member'] as const
export type EligibilityRule = (typeof ELIGIBILITY_RULES)[number]

/**
 * What is known of a worker: `heldLevel` from the certificates that the system has (null: none), the rest as the worker
 * declared it for this class (null: not said).
 */
export type WorkerFacts = {
  category: Category | null
  employer: string | null
  declaredLevel: DeclaredLevel | null
  heldLevel: Level | null
  yearsOfWork: number | null
  isUnionMember: boolean | null
}

/** The rules that a class has. */
export function rulesOf(of: Eligibility): EligibilityRule[] {
  const has: Record<EligibilityRule, boolean> = {
    category: of.eligibleCategories !== null,
    employer: of.eligibleEmployers !== null,
    level: of.eligibleLevel !== null,
    years: of.eligibleYears !== null,
    member: of.isForMembers,
  }
  return ELIGIBILITY_RULES.filter((rule) => has[rule])
}

/** What the worker has still to declare for this class: a rule is asked about, and nothing answers it. */
export function undeclared(of: Eligibility, worker: WorkerFacts): EligibilityRule[] {
  return rulesOf(of).filter((rule) => isUnsaid(rule, of, worker))
}

/** The first rule that the worker does not meet; null: may take a seat. What is not said does not meet it. */
export function ineligibleBecause(of: Eligibility, worker: WorkerFacts): EligibilityRule | null {
  return rulesOf(of).find((rule) => !meets(rule, of, worker)) ?? null
}

function isUnsaid(rule: EligibilityRule, of: Eligibility, worker: WorkerFacts): boolean {
  switch (rule) {
    case 'category':
      return worker.category === null
    case 'employer':
      return worker.employer === null
    case 'level':
      return worker.declaredLevel === null && !meets(rule, of, worker)
    case 'years':
      return worker.yearsOfWork === null
    case 'member':
      return worker.isUnionMember === null
  }
}

function meets(rule: EligibilityRule, of: Eligibility, worker: WorkerFacts): boolean {
  switch (rule) {
    case 'category':
      return worker.category !== null && (of.eligibleCategories ?? []).includes(worker.category)
    case 'employer':
      return isAmong(worker.employer, of.eligibleEmployers ?? [])
    case 'level':
      return Math.max(rank(worker.declaredLevel), rank(worker.heldLevel)) >= rank(of.eligibleLevel)
    case 'years':
      return (worker.yearsOfWork ?? -1) >= (of.eligibleYears ?? 0)
    case 'member':
      return worker.isUnionMember === true
  }
}

/** `none` and null are below every level. */
const rank = (level: DeclaredLevel | null): number => (LEVELS as readonly (DeclaredLevel | null)[]).indexOf(level)

/** An employer's name however it is typed: spaces, widths and brackets of either kind are no difference. */
export const employerKey = (name: string): string => name.normalize('NFKC').replace(/\s+/g, '').toLowerCase()

const isAmong = (employer: string | null, employers: readonly string[]): boolean =>
  employer !== null && employers.some((one) => employerKey(one) === employerKey(employer))
