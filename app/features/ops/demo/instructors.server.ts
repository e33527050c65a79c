import { addQualification, addTitle } from '#app/features/academies/instructor-proofs.server.ts'
import { addInstructor } from '#app/features/academies/instructors.server.ts'
import { system } from '#app/features/accounts/actor.ts'
import type { Tx } from '#db/client.server.ts'
import { DEMO_INSTRUCTORS } from './instructors.ts'
import { syntheticDocument } from './people.ts'
import { seeded, seedOf } from './random.ts'

/** Enters the demo's instructors through the product's own commands, for the purpose `setup`. Safe to run twice. @returns ids by {@link demoInstructorKey}. */
export async function enterDemoInstructors(
  tx: Tx,
  input: {
    academies: ReadonlyMap<string, string>
    teacher: { accountId: string; academy: string }
    now: Date
  },
): Promise<ReadonlyMap<string, string>> {
  const { academies, teacher, now } = input
  const ids = new Map<string, string>()
  for (const one of DEMO_INSTRUCTORS) {
    const academyId = academies.get(one.academy)
    if (!academyId) continue
    const request = (fields: Record<string, string | undefined>) => ({
      ...{ by: system('setup'), academyId, now, form: formOf(fields) },
    })
    const documentNumber = syntheticDocument(seeded(seedOf(INSTRUCTOR_SEED, demoInstructorKey(one.academy, one.name))))
    const accountId = one.isTeacher && teacher.academy === one.academy ? teacher.accountId : undefined
    const about = { name: one.name, employer: one.employer, documentType: 'resident_id', documentNumber, accountId }
    const made = await addInstructor(tx, request(about))
    if (!made.ok) throw refusedInstructor(made)
    const of = { instructorId: made.id }
    ids.set(demoInstructorKey(one.academy, one.name), made.id)
    for (const [title, scope, evidence] of one.titles) {
      const answer = await addTitle(tx, { ...request({ title, scope, evidence }), ...of })
      if (!answer?.ok) throw refusedInstructor(answer)
    }
    for (const [occupationCode, level, validFrom, validTo] of one.teaches) {
      const answer = await addQualification(tx, { ...request({ occupationCode, level, validFrom, validTo }), ...of })
      if (!answer?.ok) throw refusedInstructor(answer)
    }
  }
  return ids
}

export const demoInstructorKey = (academy: string, name: string) => `${academy}/${name}`

const INSTRUCTOR_SEED = 20_261

function formOf(fields: Record<string, string | undefined>): FormData {
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) if (value) form.set(name, value)
  return form
}

const refusedInstructor = (answer: unknown): Error =>
  new Error(`an instructor of the demo was refused: ${JSON.stringify(answer)}`)
