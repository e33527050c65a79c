import type { SittingFacts } from '#db/values.ts'

type Assessed = SittingFacts & { instructorIds: readonly string[] }

/** What becomes of a sitting for one of the academy's own who assesses it. `rings`: whether, when or where the person comes. */
export type AssessorNews = {
  instructorId: string
  is: 'named' | 'changed' | 'dropped'
  before: SittingFacts | null
  after: SittingFacts | null
  rings: boolean
}

/** What those who assess at a sitting hear of a change; who else assesses with them is nothing to them. Null: not planned yet, or no more. */
export function newsOfSitting(before: Assessed | null, after: Assessed | null): AssessorNews[] {
  const [was, is] = [before?.instructorIds ?? [], after?.instructorIds ?? []]
  const facts = { before: before && factsFor(before), after: after && factsFor(after) }
  const news = (instructorId: string, one: AssessorNews['is'], rings = true) => ({
    ...facts,
    ...{ instructorId, is: one, rings },
  })
  const isOtherwise = JSON.stringify(facts.before) !== JSON.stringify(facts.after)
  const stay = is.filter((id) => was.includes(id))
  return [
    ...is.filter((id) => !was.includes(id)).map((id) => news(id, 'named')),
    ...(isOtherwise ? stay.map((id) => news(id, 'changed', whereabouts(before) !== whereabouts(after))) : []),
    ...was.filter((id) => !is.includes(id)).map((id) => news(id, 'dropped')),
  ]
}

const factsFor = ({ part, attempt, date, from, to, place }: SittingFacts): SittingFacts => ({
  ...{ part, attempt, date, from, to, place, assessors: [] },
})

const whereabouts = (of: SittingFacts | null): string => JSON.stringify(of && [of.date, of.from, of.to, of.place])
