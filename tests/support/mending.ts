import type { Viewer } from '#app/features/accounts/actor.ts'
import { indexOf, seal } from '#app/features/persons/vault.server.ts'
import { newId } from '#app/lib/ids.ts'
import * as schema from '#db/schema/index.ts'
import type { TestDatabase } from './database.ts'
import { trainingWorld } from './training.ts'

const CREATED = new Date('2026-01-01T00:00:00Z')

/** Builds what is mended beside classes and enrolments: officials, sessions, assessments, certificates. */
export function mendingWorld(test: TestDatabase) {
  const { db } = trainingWorld(test)
  let serial = 0

  async function official(role: 'provincial_handler' | 'provincial_reviewer'): Promise<Viewer> {
    const id = newId()
    const values = { id, role, login: `o${id}`, passwordHash: 'none', displayName: '省合成', createdAt: CREATED }
    await db.insert(schema.account).values(values)
    return {
      kind: 'user',
      accountId: id,
      role,
      name: '省合成',
      academyId: null,
      academyCode: null,
      academyName: null,
      unionId: null,
      unionName: null,
      personId: null,
    }
  }

  async function session(of: { academyId: string; id: string }, date: string) {
    await db.insert(schema.classSession).values({
      academyId: of.academyId,
      id: newId(),
      classId: of.id,
      startsAt: new Date(`${date}T09:00:00+08:00`),
      endsAt: new Date(`${date}T12:00:00+08:00`),
      hours: 4,
    })
  }

  async function assessment(
    of: { academyId: string; id: string },
    given: Partial<typeof schema.assessment.$inferInsert> = {},
  ) {
    const row = {
      academyId: of.academyId,
      id: newId(),
      enrolmentId: of.id,
      assessedOn: '2026-03-10',
      result: 'passed',
      createdAt: CREATED,
      ...given,
    }
    await db.insert(schema.assessment).values(row)
    return row
  }

  /** `number`: else one of its own. That of a special-operation licence is sealed, as in life. */
  async function certificate(
    of: { academyId: string; id: string },
    {
      number = `MEND-${++serial}`,
      ...given
    }: Partial<typeof schema.certificate.$inferInsert> & { number?: string } = {},
  ) {
    const { academyId } = of
    const id = newId()
    const isSealed = given.type === 'special_operation'
    const row = {
      ...{
        academyId,
        id,
        assessmentId: of.id,
        type: 'training',
        workItem: '',
        issuedOn: '2026-04-01',
        status: 'valid',
      },
      ...{ createdAt: CREATED, ...given, numberIndex: indexOf('certificate', number) },
      number: isSealed ? null : number,
      numberSealed: isSealed ? seal('certificate.number', id, number) : null,
    }
    await db.insert(schema.certificate).values(row)
    const { type, workItem, numberIndex } = row
    await db.insert(schema.certificateNumber).values({ type, workItem, numberIndex, academyId, certificateId: id })
    return row
  }

  return { official, session, assessment, certificate }
}
