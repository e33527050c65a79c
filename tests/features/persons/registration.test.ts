import { beforeAll, expect, test } from 'vitest'
import { system } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { readForm, registerForm } from '#app/features/accounts/forms.ts'
import { hashPassword } from '#app/features/accounts/passwords.server.ts'
import { register, registerWorker } from '#app/features/accounts/register.server.ts'
import { signIn } from '#app/features/accounts/sign-in.server.ts'
import { type CheckedDocument, documentIndex } from '#app/features/persons/persons.server.ts'
import { open } from '#app/features/persons/vault.server.ts'
import { rawSql } from '#db/client.server.ts'
import { account, assessment, certificate, enrolment, person } from '#db/schema/index.ts'
import {
  cookieOf,
  idCard,
  later,
  NOW,
  origin,
  PASSWORD,
  phone,
  registration,
  viewerOf,
} from '#tests/features/accounts/people.ts'
import { build, insertFacts, syntheticDocument } from '#tests/support/builders.ts'
import { freshDatabase, type TestDatabase } from '#tests/support/database.ts'

let db: TestDatabase
beforeAll(async () => {
  db = await freshDatabase({ max: 20 })
})

const enrol = (given: Parameters<typeof registration>[1], n = 1) =>
  register({ registration: registration(n, given), now: NOW, from: origin() })

async function viewerWith(number: string) {
  const answer = await signIn({ name: number, password: PASSWORD, now: NOW, from: origin() })
  if (!answer.ok) throw new Error(answer.reason)
  return viewerOf(cookieOf(answer.setCookie))
}

/** A person whom a ledger brought, with one enrolment, assessment and certificate. */
async function ledgerPerson() {
  const facts = build()
  const trained = facts.enrolment(facts.class(facts.academy()))
  facts.certificate(facts.assessment(trained))
  await insertFacts(db.owner, facts.facts)
  const [{ document, id }] = facts.facts.persons as [{ document: string; id: string }]
  return { id, document: { type: 'resident_id' as const, number: document, birthDate: null } }
}

test('the answer is the same for a new document, one from a ledger, one that is claimed, and a taken phone', async () => {
  const known = await ledgerPerson()
  const number = phone()
  const answers = [
    await enrol({ phone: number }, 101),
    await enrol({ document: known.document }),
    await enrol({ document: known.document }),
    await enrol({ phone: number }, 102),
  ]
  expect(new Set(answers.map((answer) => JSON.stringify(answer)))).toEqual(new Set(['{"ok":true}']))
})

test('registering asks the database the same questions, with a match and without', async () => {
  const known = await ledgerPerson()
  const passwordHash = await hashPassword(PASSWORD)
  const asked = async (document: CheckedDocument) => {
    const calls: string[] = []
    await as(system('register'), async (tx) => {
      const connection = rawSql(tx)
      const { unsafe } = connection
      connection.unsafe = ((text, ...rest) => {
        calls.push(text.replaceAll(/\$\d+|default/g, '?'))
        return unsafe(text, ...rest)
      }) as typeof unsafe
      await registerWorker(tx, { ...registration(1, { document }), passwordHash, now: NOW })
    })
    return calls
  }
  const calls = await asked(known.document)
  expect(calls.map((text) => text.split(' ', 1)[0])).toEqual(['insert', 'select', 'insert', 'insert'])
  expect(await asked(idCard(111))).toEqual(calls)
})

test('a claim that nobody confirmed reads nothing of what a ledger brought', async () => {
  const known = await ledgerPerson()
  const number = phone()
  await enrol({ document: known.document, phone: number })
  const viewer = await viewerWith(number)
  expect(viewer.personId).toBeNull()
  const seen = await as(viewer, async (tx) => [
    ...(await tx.select({ id: enrolment.id }).from(enrolment)),
    ...(await tx.select({ id: assessment.id }).from(assessment)),
    ...(await tx.select({ id: certificate.id }).from(certificate)),
    ...(await tx.select({ id: person.id }).from(person)),
  ])
  expect(seen).toEqual([])
})

test('a claim that an academy confirmed reads them', async () => {
  const known = await ledgerPerson()
  const number = phone()
  await enrol({ document: known.document, phone: number })
  await db.owner`update account set person_confirmed_at = now() where person_id = ${known.id}`
  const viewer = await viewerWith(number)
  expect(viewer.personId).toBe(known.id)
  const counts = await as(viewer, async (tx) => [
    (await tx.select({ id: enrolment.id }).from(enrolment)).length,
    (await tx.select({ id: assessment.id }).from(assessment)).length,
    (await tx.select({ id: certificate.id }).from(certificate)).length,
    (await tx.select({ id: person.id }).from(person)).length,
  ])
  expect(counts).toEqual([1, 1, 1, 1])
})

test('twenty registrations of one document at the same moment are one person', async () => {
  const answers = await Promise.all(Array.from({ length: 20 }, () => enrol({}, 120)))
  expect(answers).toEqual(Array(20).fill({ ok: true }))
  const { type, number } = idCard(120)
  const persons = await db.owner`select id from person where document_index = ${documentIndex(type, number)}`
  expect(persons).toHaveLength(1)
  const accounts = await db.owner`select id from account where person_id = ${persons[0]!.id}`
  expect(accounts).toHaveLength(20)
})

test('twenty registrations of one phone at the same moment are one account', async () => {
  const number = phone()
  await Promise.all(
    Array.from({ length: 20 }, (_, i) => enrol({ phone: number, password: `${PASSWORD} ${i}` }, 130 + i)),
  )
  const accounts = await as(system('register'), (tx) => tx.select().from(account))
  const made = accounts.filter((one) => one.phoneSealed && open('account.phone', one.id, one.phoneSealed) === number)
  expect(made).toHaveLength(1)
})

test('a taken phone keeps its account and password, and nothing of the second registration stays', async () => {
  const number = phone()
  await enrol({ phone: number, name: '李先来' }, 160)
  const before = await db.owner`select count(*)::int as n from person`
  await enrol({ phone: number, name: '王后到', password: 'another good one' }, 161)
  expect(await db.owner`select count(*)::int as n from person`).toEqual(before)
  expect((await viewerWith(number)).name).toBe('李先来')
})

test('document, birth date and phone are stored sealed, the name plain', async () => {
  const number = phone()
  await enrol({ phone: number, name: '古丽·买买提' }, 170)
  const card = idCard(170)
  const dump = await db.owner`
    select a.display_name, encode(a.phone_sealed, 'escape') || encode(p.document_sealed, 'escape')
      || encode(p.document_index, 'escape') || encode(p.birth_date_sealed, 'escape') as bytes, p.*
    from account a join person p on p.id = a.person_id where a.display_name = '古丽·买买提'`
  expect(dump).toHaveLength(1)
  expect(dump[0]!.bytes).not.toContain(card.number)
  expect(dump[0]!.bytes).not.toContain(number)
  expect(open('person.document', dump[0]!.id, dump[0]!.document_sealed)).toBe(card.number)
  expect(open('person.birth_date', dump[0]!.id, dump[0]!.birth_date_sealed)).toBe(card.birthDate)
})

test('the audit trail of a registration holds no name, document or phone', async () => {
  const number = phone()
  await enrol({ phone: number, name: '赵无痕迹' }, 180)
  const events =
    await db.owner`select row_to_json(e)::text as event from audit_event e where kind = 'account.registered'`
  expect(events.length).toBeGreaterThan(0)
  for (const { event } of events) {
    expect(event).not.toContain(number)
    expect(event).not.toContain(syntheticDocument(180))
    expect(event).not.toContain('赵无痕迹')
  }
})

test('registrations from one address are slowed after sixty, and not before', async () => {
  const from = origin('203.0.113.200')
  const once = (n: number, now = NOW) => register({ registration: registration(n), now, from })
  const first = await Promise.all(Array.from({ length: 60 }, (_, i) => once(200 + i)))
  expect(first.every((answer) => answer.ok)).toBe(true)
  expect(await once(300)).toEqual({ ok: false, reason: 'wait', seconds: 15 })
  expect(await once(300, later(15))).toEqual({ ok: true })
})

const form = (given: Record<string, string>) => {
  const data = new FormData()
  const typed = {
    name: '张三',
    documentType: 'resident_id',
    documentNumber: syntheticDocument(7),
    phone: '19900001234',
    password: PASSWORD,
    passwordAgain: PASSWORD,
    consent: 'yes',
    ...given,
  }
  for (const [name, value] of Object.entries(typed)) data.set(name, value)
  return readForm(registerForm('2026-11-03'), data)
}

test('a registration is normalised: the dot of a name, the spaces of a number, the country code', () => {
  const number = syntheticDocument(7)
  const read = form({
    name: ' 古丽•买买提 ',
    documentNumber: `${number.slice(0, 6)} ${number.slice(6)}`.toLowerCase(),
    phone: '+86 199-0000-1234',
  })
  expect(read).toMatchObject({ ok: true, value: { name: '古丽·买买提', phone: '19900001234', document: { number } } })
})

test('every fault of a registration is said at once, and what was typed stays but for the passwords', () => {
  const read = form({ name: '张', documentType: '', documentNumber: '', phone: '123', password: 'short', consent: '' })
  expect(read).toMatchObject({
    ok: false,
    errors: {
      name: 'name_form',
      documentType: 'document_type',
      documentNumber: 'document_missing',
      phone: 'phone_form',
      password: 'password_short',
      consent: 'consent',
    },
    typed: { name: '张', phone: '123' },
  })
  expect(read).not.toHaveProperty('typed.password')
  expect(read).not.toHaveProperty('typed.passwordAgain')
})

test.each([
  [
    { documentNumber: `${syntheticDocument(7).slice(0, 17)}${syntheticDocument(7).endsWith('1') ? '2' : '1'}` },
    { documentNumber: 'check_digit' },
  ],
  [{ documentNumber: '12345' }, { documentNumber: 'form' }],
  [{ documentType: 'sailor_book' }, { documentType: 'document_type' }],
  [{ passwordAgain: `${PASSWORD}!` }, { passwordAgain: 'password_again' }],
  [{ password: '19900001234', passwordAgain: '19900001234' }, { password: 'password_is_name' }],
  [{ consent: 'no' }, { consent: 'consent' }],
])('a registration with %o is refused at that field', (given, errors) => {
  expect(form(given as unknown as Record<string, string>)).toMatchObject({ ok: false, errors })
})

test('a form without fields, or with files in their place, is refused and no error', () => {
  const data = new FormData()
  data.set('name', new Blob(['x']), 'x.txt')
  expect(readForm(registerForm('2026-11-03'), new FormData()).ok).toBe(false)
  expect(readForm(registerForm('2026-11-03'), data).ok).toBe(false)
})
