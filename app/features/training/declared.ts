import { z } from 'zod'
import { CATEGORIES, DECLARED_LEVELS } from '#db/values.ts'
import { ELIGIBILITY_RULES, type EligibilityRule } from './eligibility.ts'

/** The fields in which a worker declares what a class asks for, by the rule that asks. Server side alone: no script needs it. */
export const DECLARED_FIELDS = {
  category: 'category',
  employer: 'employer',
  level: 'declaredLevel',
  years: 'yearsOfWork',
  member: 'isUnionMember',
} as const satisfies Record<EligibilityRule, string>

const fields = {
  category: z.enum(CATEGORIES),
  employer: z.string().trim().min(2).max(100),
  declaredLevel: z.enum(DECLARED_LEVELS),
  yearsOfWork: z
    .string()
    .trim()
    .regex(/^\d{1,3}$/)
    .transform(Number)
    .refine((years) => years <= 80),
  isUnionMember: z.enum(['yes', 'no']).transform((said) => said === 'yes'),
}

/**
 * What a worker declares for a class that asks for it; left out: nothing. Null: the form had a field for it, and it was left empty or holds
 * none of what it may be. It is asked again then: nothing that was said before stands in for it.
 */
export type Declared = { [K in keyof typeof fields]?: z.infer<(typeof fields)[K]> | null }

/** Reads what a form declares. */
export function readDeclared(form: FormData): Declared {
  const said: [string, unknown][] = []
  for (const rule of ELIGIBILITY_RULES) {
    const name = DECLARED_FIELDS[rule]
    const typed = form.get(name)
    if (typed === null) continue
    const read = fields[name].safeParse(typed)
    said.push([name, read.success ? read.data : null])
  }
  return Object.fromEntries(said) as Declared
}

/** What of a form has to be declared again. */
export const asksAgain = (declared: Declared): EligibilityRule[] =>
  ELIGIBILITY_RULES.filter((rule) => declared[DECLARED_FIELDS[rule]] === null)

/** What was typed into the fields of a form that comes back, as it was. */
export type TypedDeclared = { [name: string]: string }
export const typedDeclared = (form: FormData): TypedDeclared =>
  Object.fromEntries(
    Object.values(DECLARED_FIELDS).flatMap((name) => {
      const typed = form.get(name)
      return typeof typed === 'string' ? [[name, typed.slice(0, 100)]] : []
    }),
  )

/** What is known by it. */
export const knownOf = (declared: Declared = {}): Declared =>
  Object.fromEntries(Object.entries(declared).filter(([, value]) => value !== undefined && value !== null))
