import { drizzle } from 'drizzle-orm/postgres-js'
import type { Viewer } from '#app/features/accounts/actor.ts'
import { documentKey } from '#app/features/persons/documents.ts'
import { indexOf, seal } from '#app/features/persons/vault.server.ts'
import { newId } from '#app/lib/ids.ts'
import * as schema from '#db/schema/index.ts'
import { syntheticDocument } from './builders.ts'
import type { TestDatabase } from './database.ts'

const CREATED = new Date('2026-01-01T00:00:00Z')
let serial = 500_000

type ClassRow = typeof schema.trainingClass.$inferInsert

/** Builds rows of an academy that runs classes, past row-level security: what a test does not care about has a value. */
export function trainingWorld(test: TestDatabase) {
  const db = drizzle(test.owner)

  async function academy(given: Partial<typeof schema.academy.$inferInsert> = {}) {
    serial += 1
    const sponsorId = newId()
    await db.insert(schema.tradeUnion).values({ id: sponsorId, name: `测试工会${serial}`, kind: 'industrial_union' })
    const row = {
      id: newId(),
      code: `S${serial}`,
      name: `测试工匠学院${serial}`,
      kind: 'local',
      sponsorId,
      createdAt: CREATED,
    }
    await db.insert(schema.academy).values({ ...row, ...given })
    return { ...row, ...given }
  }

  /** A practical class on 21 and 22 November 2026, open for enrolment from 1 November until 18 November 18:00. */
  async function classOf(of: { id: string }, given: Partial<ClassRow> = {}) {
    serial += 1
    const row = {
      academyId: of.id,
      id: newId(),
      code: `K${serial}`,
      name: '低压电工实操班',
      mode: 'practical',
      startsOn: '2026-11-21',
      endsOn: '2026-11-22',
      plannedHours: 16,
      origin: 'system',
      status: 'published',
      capacity: 30,
      enrolOpensAt: new Date('2026-11-01T00:00:00+08:00'),
      enrolClosesAt: new Date('2026-11-18T18:00:00+08:00'),
      createdAt: CREATED,
      ...given,
    }
    await db.insert(schema.trainingClass).values(row)
    return row
  }

  /** Such a class as an instructor teaches it: a morning of four practical hours, from 9:00 to 12:00, on each of `days`. */
  async function taughtClass(by: Viewer, given: Partial<ClassRow> & { days?: readonly string[] } = {}) {
    const { days = ['2026-11-21'], ...rest } = given
    const academyId = by.academyId!
    const of = await classOf({ id: academyId }, rest)
    const inClass = { academyId, classId: of.id }
    await db.insert(schema.classStaff).values({ ...inClass, accountId: by.accountId })
    const sessions = days.map((day) => ({
      ...{ ...inClass, id: newId(), hours: 4, kind: 'practical', siteId: rest.siteId ?? null },
      ...{ startsAt: new Date(`${day}T09:00:00+08:00`), endsAt: new Date(`${day}T12:00:00+08:00`) },
    }))
    await db.insert(schema.classSession).values(sessions)
    return { ...of, sessions }
  }

  async function person() {
    serial += 1
    const id = newId()
    const document = syntheticDocument(serial)
    await db.insert(schema.person).values({
      id,
      documentType: 'resident_id',
      documentIndex: indexOf('document', documentKey('resident_id', document)),
      documentSealed: seal('person.document', id, document),
      createdAt: CREATED,
    })
    return { id, document }
  }

  /** A worker's account; `personId` to claim a person who is there already, `isConfirmed` once an academy checked it. */
  async function worker(given: { personId?: string; isConfirmed?: boolean; name?: string } = {}): Promise<Viewer> {
    const personId = given.personId ?? (await person()).id
    const id = newId()
    const phone = `139${String(serial).padStart(8, '0')}`
    await db.insert(schema.account).values({
      id,
      role: 'worker',
      login: `w${id}`,
      phoneIndex: indexOf('phone', `${phone}${id}`),
      phoneSealed: seal('account.phone', id, phone),
      passwordHash: 'none',
      displayName: given.name ?? '张合成',
      personId,
      personConfirmedAt: given.isConfirmed ? CREATED : null,
      createdAt: CREATED,
    })
    return viewer({ accountId: id, role: 'worker', personId: given.isConfirmed ? personId : null })
  }

  async function staff(
    role: 'academy_admin' | 'instructor',
    of: { id: string; code: string; name: string },
  ): Promise<Viewer> {
    const id = newId()
    await db.insert(schema.account).values({
      id,
      role,
      login: `s${id}`,
      passwordHash: 'none',
      displayName: '何合成',
      academyId: of.id,
      createdAt: CREATED,
    })
    return viewer({ accountId: id, role, academyId: of.id, academyCode: of.code, academyName: of.name })
  }

  /** The union of an enterprise; `of`: of one that is there already. */
  async function union(of?: { enterpriseId: string }): Promise<Viewer & { enterpriseId: string }> {
    serial += 1
    const [id, enterpriseId] = [newId(), of?.enterpriseId ?? newId()]
    if (!of)
      await db.insert(schema.enterprise).values({ id: enterpriseId, name: `测试企业${serial}`, createdAt: CREATED })
    const login = { login: `u${id}`, passwordHash: 'none', displayName: '冯合成', createdAt: CREATED }
    await db.insert(schema.account).values({ id, role: 'enterprise_union', enterpriseId, ...login })
    return { ...viewer({ accountId: id, role: 'enterprise_union' }), enterpriseId }
  }

  /** A place in a class that no account made: a ledger's. */
  async function enrolment(
    of: { academyId: string; id: string },
    given: Partial<typeof schema.enrolment.$inferInsert> = {},
  ) {
    const row = {
      academyId: of.academyId,
      id: newId(),
      classId: of.id,
      seat: 'enrolled',
      name: '李合成',
      createdAt: CREATED,
      ...given,
      personId: given.personId ?? (await person()).id,
    }
    await db.insert(schema.enrolment).values(row)
    return row
  }

  return { db, academy, classOf, taughtClass, person, worker, staff, union, enrolment }
}

function viewer(given: Partial<Viewer> & Pick<Viewer, 'accountId' | 'role'>): Viewer {
  return {
    kind: 'user',
    name: '',
    academyId: null,
    academyCode: null,
    academyName: null,
    unionId: null,
    unionName: null,
    personId: null,
    ...given,
  }
}
