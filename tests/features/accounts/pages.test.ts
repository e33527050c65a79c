import type { ActionFunctionArgs } from '@remix-run/node'
import { beforeAll, expect, test } from 'vitest'
import type { Viewer } from '#app/features/accounts/actor.ts'
import { register } from '#app/features/accounts/register.server.ts'
import { signIn } from '#app/features/accounts/sign-in.server.ts'
import * as identityPage from '#app/routes/academy/identity.tsx'
import * as mePage from '#app/routes/auth/me.tsx'
import * as registerPage from '#app/routes/auth/register.tsx'
import * as signInPage from '#app/routes/auth/sign-in.tsx'
import * as signOutPage from '#app/routes/auth/sign-out.tsx'
import * as statePage from '#app/routes/operate/state.tsx'
import { build, insertFacts } from '#tests/support/builders.ts'
import { freshDatabase, type TestDatabase } from '#tests/support/database.ts'
import { cookieOf, idCard, NOW, origin, PASSWORD, phone, registration, staff, viewerOf } from './people.ts'

let db: TestDatabase
let admin: Viewer
let stranger: Viewer
const codes: string[] = []
beforeAll(async () => {
  db = await freshDatabase()
  const facts = build()
  const academies = [facts.academy(), facts.academy()]
  codes.push(...academies.map(({ code }) => code))
  await insertFacts(db.owner, facts.facts)
  const viewers = academies.map(async ({ id }) => entered((await staff('academy_admin', { academyId: id })).login))
  ;[admin, stranger] = (await Promise.all(viewers)) as [Viewer, Viewer]
})

async function entered(name: string): Promise<Viewer> {
  const answer = await signIn({ name, password: PASSWORD, now: NOW, from: origin() })
  if (!answer.ok) throw new Error(answer.reason)
  return viewerOf(cookieOf(answer.setCookie))
}

type Given = {
  method?: string
  form?: Record<string, string>
  viewer?: Viewer | null
  params?: Record<string, string>
  address?: string
}

/** The arguments that the server would give to a loader or an action. */
function call(path: string, { method, form, viewer = null, params = {}, address = origin().address }: Given = {}) {
  const body = form && new URLSearchParams(form)
  const request = new Request(`http://localhost${path}`, { method: method ?? (form ? 'POST' : 'GET'), body })
  const context = {
    viewer,
    clientAddress: address,
    requestId: 'R1',
    isSecure: false,
    nonce: 'n',
    reportError: (error: unknown) => {
      throw error
    },
  }
  return { request, params, context } as unknown as ActionFunctionArgs
}

type Answer = { status: number; headers: [string, string][]; body: unknown }

/** What the browser would get: a response, thrown or returned, or data with its status. */
async function answerOf(work: Promise<unknown> | unknown): Promise<Answer> {
  const result = await Promise.resolve(work).catch((thrown: unknown) => thrown)
  if (result instanceof Response)
    return { status: result.status, headers: [...result.headers], body: await result.text() }
  if (result instanceof Error) throw result
  const { data, init } = result as { data: unknown; init?: ResponseInit }
  return { status: init?.status ?? 200, headers: [...new Headers(init?.headers)], body: data }
}

const run = (work: () => unknown) => answerOf(new Promise((done) => done(work())))
const location = (answer: Answer) => answer.headers.find(([name]) => name === 'location')?.[1]

const typed = (given: Record<string, string> = {}) => ({
  name: '张合成',
  documentType: 'resident_id',
  documentNumber: idCard(1).number,
  phone: phone(),
  password: PASSWORD,
  passwordAgain: PASSWORD,
  consent: 'yes',
  ...given,
})

test('the page after registering is the same, byte for byte, with a match and without, and for a taken phone', async () => {
  const facts = build()
  facts.enrolment(facts.class(facts.academy()))
  await insertFacts(db.owner, facts.facts)
  const known = facts.facts.persons[0]!.document
  const taken = phone()
  const forms = [
    typed({ documentNumber: idCard(50).number, phone: taken }),
    typed({ documentNumber: known }),
    typed({ documentNumber: known }),
    typed({ documentNumber: idCard(51).number, phone: taken }),
  ]
  const answers: Answer[] = []
  for (const form of forms) answers.push(await run(() => registerPage.action(call('/register', { form }))))
  expect(answers[0]).toEqual({ status: 303, headers: [['location', '/sign-in?registered']], body: '' })
  for (const answer of answers) expect(answer).toEqual(answers[0])
})

test('registering signs nobody in, and goes on to a page of this site only', async () => {
  const to = async (path: string) => {
    const answer = await run(() => registerPage.action(call('/register', { form: typed({ to: path }) })))
    expect(answer.headers.map(([name]) => name)).toEqual(['location'])
    return location(answer)
  }
  expect(await to('/classes?mode=practical')).toBe('/sign-in?registered&to=%2Fclasses%3Fmode%3Dpractical')
  for (const evil of ['https://evil.example', '//evil.example', '/\\evil.example', 'javascript:alert(1)'])
    expect(await to(evil)).toBe('/sign-in?registered')
})

test('signing in leads to where one wanted to go, or to where one’s role starts', async () => {
  const { login } = await staff('operator')
  const enter = (form: Record<string, string>) =>
    run(() => signInPage.action(call('/sign-in', { form: { name: login, password: PASSWORD, ...form } })))
  expect(location(await enter({}))).toBe('/operate')
  expect(location(await enter({ to: '/me' }))).toBe('/me')
  expect(location(await enter({ to: '//evil.example' }))).toBe('/operate')
})

test('an unknown account and a wrong password get the same answer, and then the same wait', async () => {
  const { login } = await staff('operator')
  const answers = async (name: string) => {
    const got: Answer[] = []
    for (let i = 0; i < 6; i++)
      got.push(await run(() => signInPage.action(call('/sign-in', { form: { name, password: 'wrong one' } }))))
    return got.map((answer) => JSON.stringify(answer).replaceAll(name, 'NAME'))
  }
  const known = await answers(login)
  expect(known).toEqual(await answers('nobody.at.all'))
  expect(known[5]).toContain('429')
  expect(known[5]).toContain('["retry-after","15"]')
  expect(known.join()).not.toContain('wrong one')
})

test('signing out takes a POST', async () => {
  const out = await run(() => signOutPage.action(call('/sign-out', { form: {} })))
  expect(out.status).toBe(303)
  expect(out.headers.find(([name]) => name === 'set-cookie')?.[1]).toMatch(
    /^jxt_session=; Path=\/; Max-Age=0; HttpOnly/,
  )
  expect(location(await run(() => signOutPage.loader()))).toBe('/')
})

test('identities are confirmed by the academy of the address and nobody else', async () => {
  const worker = phone()
  await register({ registration: registration(60, { phone: worker }), now: NOW, from: origin() })
  const viewers = [stranger, await entered(worker), await entered((await staff('operator')).login)]
  const params = { academy: codes[0]! }
  const path = `/academies/${codes[0]}/manage/identity`
  for (const viewer of viewers) {
    expect((await run(() => identityPage.loader(call(path, { viewer, params })))).status).toBe(404)
    const form = { documentType: 'resident_id', documentNumber: idCard(60).number }
    expect((await run(() => identityPage.action(call(path, { viewer, params, form })))).status).toBe(404)
  }
  const [row] = await db.owner`select count(*)::int as n from audit_event where kind = 'identity.searched'`
  expect(row!.n).toBe(0)
})

test('a document is searched and confirmed without its number in any address or answer', async () => {
  const params = { academy: codes[0]! }
  const path = `/academies/${codes[0]}/manage/identity`
  const { number } = idCard(61)
  await register({ registration: registration(61), now: NOW, from: origin() })
  const form = { documentType: 'resident_id', documentNumber: number }
  const found = await run(() => identityPage.action(call(path, { viewer: admin, params, form })))
  expect(found.status).toBe(200)
  expect(JSON.stringify(found)).not.toContain(number)
  const { claims } = (found.body as { found: { claims: { proof: string }[] } }).found
  const proof = { proof: claims[0]!.proof }
  const done = await run(() => identityPage.action(call(`${path}.data`, { viewer: admin, params, form: proof })))
  expect([done.status, location(done)]).toEqual([303, `${path}?done`])
  const again = await run(() => identityPage.action(call(path, { viewer: admin, params, form: proof })))
  expect(again).toMatchObject({ status: 409, body: { refusal: 'already_confirmed' } })
})

test('a document that cannot be is refused at its field, and what was typed stays', async () => {
  const params = { academy: codes[0]! }
  const form = { documentType: 'resident_id', documentNumber: '123' }
  const answer = await run(() => identityPage.action(call('/x', { viewer: admin, params, form })))
  expect(answer).toMatchObject({ status: 400, body: { errors: { documentNumber: 'form' }, typed: form } })
})

test('the own account is for who is signed in', async () => {
  expect(location(await run(() => mePage.loader(call('/me'))))).toBe('/sign-in?to=%2Fme')
  expect((await run(() => mePage.action(call('/me', { form: {} })))).status).toBe(303)
  const result = await mePage.loader(call('/me', { viewer: admin }))
  expect(result).toMatchObject({ viewer: { role: 'academy_admin' }, profile: { identity: null } })
})

test('a new password that is refused comes back at its field', async () => {
  const viewer = await entered((await staff('operator')).login)
  const change = (form: Record<string, string>) => run(() => mePage.action(call('/me', { viewer, form })))
  expect(await change({})).toMatchObject({
    status: 400,
    body: { errors: { current: 'password_missing', next: 'missing' } },
  })
  expect(await change({ current: PASSWORD, next: 'short', again: 'short' })).toMatchObject({
    body: { errors: { next: 'password_short' } },
  })
  expect(await change({ current: PASSWORD, next: 'a good one 1', again: 'a good one 2' })).toMatchObject({
    body: { errors: { again: 'password_again' } },
  })
  expect(await change({ current: 'wrong', next: 'a good one 1', again: 'a good one 1' })).toMatchObject({
    body: { errors: { current: 'current_wrong' } },
  })
  expect(location(await change({ current: PASSWORD, next: 'a good one 1', again: 'a good one 1' }))).toBe('/me?changed')
})

test('the operator sees counts and versions, and nothing about a person', async () => {
  const operator = await entered((await staff('operator')).login)
  await register({ registration: registration(70, { name: '钱不可见' }), now: NOW, from: origin() })
  const state = await statePage.loader(call('/operate', { viewer: operator }))
  expect(state.tables.map((table) => table.name)).toEqual(expect.arrayContaining(['person', 'enrolment', 'account']))
  expect(state.migrations).toBeGreaterThan(0)
  expect(state.version).toMatch(/^\d+\.\d+\.\d+/)
  expect(JSON.stringify(state)).not.toMatch(/钱不可见|1990000/)
  expect((await run(() => statePage.loader(call('/operate', { viewer: admin })))).status).toBe(404)
})
