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

/** What a worker declares for a class that asks for it; left out: nothing. */
export type Declared = { [K in keyof typeof fields]?: z.infer<(typeof fields)[K]> }

/** Reads what a form declares; what is none of the choices counts as not said, and the class asks for it again. */
export function readDeclared(form: FormData): Declared {
  const said: [string, unknown][] = []
  for (const rule of ELIGIBILITY_RULES) {
    const name = DECLARED_FIELDS[rule]
    const read = fields[name].safeParse(form.get(name))
    if (read.success) said.push([name, read.data])
  }
  return Object.fromEntries(said) as Declared
}
