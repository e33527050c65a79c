import { beforeAll, expect, test } from 'vitest'
import { system } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { attemptsMark, redateAssessments } from '#app/features/certification/mend.server.ts'
import { mergePersons } from '#app/features/certification/merge-persons.server.ts'
import { planMerge } from '#app/features/certification/merge-plan.server.ts'
import { count, figuresOf } from '#app/features/figures/figures.server.ts'
import { recountYear } from '#app/features/figures/recount.server.ts'
import { loadPolicy, policyFor } from '#app/features/policy/policy.server.ts'
import { mendClass } from '#app/features/training/mend.server.ts'
import { classMark } from '#app/features/training/mend.ts'
import { build, insertFacts } from '#tests/support/builders.ts'
import { freshDatabase, type TestDatabase } from '#tests/support/database.ts'
import { mendingWorld } from '#tests/support/mending.ts'

const [today, now] = ['2026-12-01', new Date('2026-12-01T12:00:00+08:00')]
let db: TestDatabase
beforeAll(async () => {
  db = await freshDatabase()
  await as(system('setup'), loadPolicy)
})

/** What is shown (from tallies, where none is stale) and what a recount finds, of both years. */
async function shownAndCounted(academyIds: string[]) {
  const of = (year: number) =>
    as(system('figures'), async (tx) => {
      const [policy, previous] = [await policyFor(tx, year), await policyFor(tx, year - 1)]
      const shown = await figuresOf(tx, { year, today, academyIds })
      const counted = await count(tx, { year, today, academyIds, policy, previous })
      return [shown.academies.map((one) => one.counts), counted.academies.map((one) => one.counts)] as const
    })
  return Promise.all([of(2025), of(2026)])
}
async function tally() {
  for (const year of [2025, 2026])
    await as(system('figures'), (tx) => recountYear(tx, { year, today, now, onlyStale: false, isPatient: true }))
}

test('tallies follow what is mended: a class’s mode and last day, a date of assessment, two persons who are one', async () => {
  const b = build()
  const [academy, other] = [b.academy(), b.academy()]
  const of = b.class(academy, { mode: 'mixed', startsOn: '2025-12-20', endsOn: '2026-01-03' })
  const first = b.enrolment(of)
  b.certificate(b.assessment(first, { assessedOn: '2026-01-03' }))
  const second = b.enrolment(b.class(other))
  const attempt = b.assessment(second, { assessedOn: '2026-03-10' })
  b.certificate(attempt, { level: 'l5' })
  await insertFacts(db.owner, b.facts)
  const handler = await mendingWorld(db).official('provincial_handler')
  const ids = [academy.id, other.id]
  await tally()
  const untouched = await shownAndCounted(ids)
  for (const [shown, counted] of untouched) expect(shown).toEqual(counted)

  const facts = { name: of.name, mode: 'mixed', occupationCode: of.occupation!.code, startsOn: of.startsOn } as const
  const was = classMark({ ...facts, endsOn: of.endsOn, plannedHours: 10, plannedPracticalHours: 5 })
  const entry = {
    ...facts,
    mode: 'classroom',
    endsOn: '2025-12-30',
    plannedHours: '10',
    plannedPracticalHours: '',
    was,
  }
  const about = { viewer: handler, reason: '登记错了', now }
  const mended = await as(handler, (tx) => mendClass(tx, { ...about, academyId: academy.id, classId: of.id, entry }))
  expect(mended).toMatchObject({ ok: true, effect: { moved: 1, practicalAfter: 0 } })
  const afterClass = await shownAndCounted(ids)
  for (const [shown, counted] of afterClass) expect(shown).toEqual(counted)
  expect(afterClass).not.toEqual(untouched)

  await tally()
  const redated = await as(handler, (tx) =>
    redateAssessments(tx, {
      ...{ academyId: other.id, classId: second.classId, from: '2026-03-10', to: '2026-03-09', assessmentId: null },
      ...{ ...about, was: attemptsMark([attempt.id]) },
    }),
  )
  expect(redated).toMatchObject({ ok: true, moved: 1 })
  for (const [shown, counted] of await shownAndCounted(ids)) expect(shown).toEqual(counted)

  await tally()
  const apart = await shownAndCounted(ids)
  const pair = { keptId: first.personId, mergedId: second.personId }
  const { mark } = await as(handler, (tx) => planMerge(tx, { ...pair, now: about.now }))
  const merged = await as(handler, (tx) => mergePersons(tx, { ...about, ...pair, isConfirmed: true, was: mark }))
  expect(merged).toEqual({ ok: true, isNew: true })
  const together = await shownAndCounted(ids)
  for (const [shown, counted] of together) expect(shown).toEqual(counted)
  // Held before looks province-wide: a lower level after a higher one, of one worker, is no improvement.
  expect([apart[1]![0][1]?.improved, together[1]![0][1]?.improved]).toEqual([1, 0])
})
