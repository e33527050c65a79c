import { z } from 'zod'
import { oneLine } from '#app/lib/written.ts'
import { REQUIREMENT_KINDS, type RequirementKind } from '#db/values.ts'

/** Something that a class needs of each of its workers; `name`: in the academy's own words, of `other` alone. */
export type Requirement = { kind: RequirementKind; name: string | null }

/** What is ticked; everything else is said in the academy's own words. */
export const TICKED = ['photo', 'earlier_certificate', 'work_years'] as const satisfies RequirementKind[]

/** What is wrong with them: the sentence stands in requirement-words.ts. */
export type RequirementFault = 'others'
const fault: RequirementFault = 'others'

const MOST_OTHERS = 5
const [SHORTEST_NAME, LONGEST_NAME] = [2, 40]

/** One a line. */
const others = z.string().transform((text, issues) => {
  const names = [...new Set(text.split(/[\n;；]+/).map((name) => oneLine(name).normalize('NFC')))].filter(Boolean)
  const isName = (name: string) => [...name].length >= SHORTEST_NAME && [...name].length <= LONGEST_NAME
  if (names.length > MOST_OTHERS || !names.every(isName)) issues.addIssue({ code: 'custom', message: fault })
  return names
})

/** The part of a class's form about them. */
export const requirementFields = {
  requirements: z.array(z.enum(TICKED)).optional(),
  otherRequirements: others.optional(),
}

type Typed = { requirements?: (typeof TICKED)[number][]; otherRequirements?: string[] }

/** What a form asks for, in the order in which workers read it. */
export const requirementsOf = ({ requirements = [], otherRequirements = [] }: Typed): Requirement[] => [
  ...TICKED.filter((kind) => requirements.includes(kind)).map((kind) => ({ kind, name: null })),
  ...otherRequirements.map((name) => ({ kind: 'other' as const, name })),
]

/** The form's fields, filled in. */
export const typedRequirements = (asked: readonly Requirement[]) => ({
  requirements: asked.flatMap(({ kind }) => TICKED.filter((one) => one === kind)),
  otherRequirements: asked.flatMap(({ name }) => name ?? []).join('\n'),
})

/** What a plain form of them says; a kind that no box has is not looked at. */
export function readRequirements(form: FormData): { asked: Requirement[] } | { fault: RequirementFault } {
  const ticked = form.getAll('requirements')
  const read = z.object(requirementFields).safeParse({
    requirements: TICKED.filter((kind) => ticked.includes(kind)),
    otherRequirements: String(form.get('otherRequirements') ?? ''),
  })
  return read.success ? { asked: requirementsOf(read.data) } : { fault }
}

/** In the order of the kinds, then of the academy's own words. */
export const inReadingOrder = (one: Requirement, other: Requirement): number =>
  REQUIREMENT_KINDS.indexOf(one.kind) - REQUIREMENT_KINDS.indexOf(other.kind) ||
  (one.name ?? '').localeCompare(other.name ?? '')
