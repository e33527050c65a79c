import { beforeAll, expect, test } from 'vitest'
import { type Page, pages } from '#app/routes.ts'
import { ask } from '#tests/support/ask.ts'
import {
  CANARY,
  CANARY_UNMASKED,
  canaryWorld,
  makeNobody,
  WALK_COURSE,
  WALK_LESSON,
  type World,
} from '#tests/support/canary.ts'
import { freshDatabase, type TestDatabase } from '#tests/support/database.ts'
import { type Site, signedIn, startSite } from '#tests/support/site.ts'
import { actionForms } from './forms.ts'

const CLAIMANT = 'a worker who only claims the document'
/** Attempts at once. */
const AT_ONCE = 6
/** What Remix would take as a post: refused in front of it. */
const OTHER_METHODS = ['PUT', 'PATCH', 'DELETE']

/**
 * Walks every route in every form as everybody who has no business there, on a site and a database of its own. A file each
 * for the site as it is and for row-level security alone, so that they run side by side.
 */
export function walkAsStrangers(guards: 'on' | 'off'): void {
  let db: TestDatabase
  let site: Site
  let world: World
  const cookies: Record<string, string> = {}

  beforeAll(async () => {
    db = await freshDatabase({ holds: 'content' })
    world = await canaryWorld(db)
    if (guards === 'off') await makeNobody(db)
    site = await startSite(db, guards === 'off' ? { JXT_GUARDS: 'off' } : {})
    cookies['an anonymous visitor'] = ''
    for (const [who, account] of Object.entries(world.strangers)) cookies[who] = await signedIn(account)
  }, 120_000)

  const strangers = [
    'an anonymous visitor',
    'a worker',
    'a worker of the same class',
    CLAIMANT,
    'an instructor of another academy',
    'an instructor of the academy without classes',
    'an administrator of another academy',
    'a union of an enterprise',
    'a sponsor of other academies',
    'an operator',
  ]

  test.each(strangers)(
    '%s reads no canary and writes nothing at any route in any form',
    { timeout: 240_000 },
    async (who) => {
      const before = await snapshot(db, world)
      const turn = strangers.indexOf(who)
      const leaks: string[] = []
      const faults: string[] = []
      const canary = who === CLAIMANT ? CANARY_UNMASKED : CANARY // who claims a number may see it masked
      const attempt = async (page: Page, { url, method, body }: Attempt) => {
        const response = await ask(site.url + url, { method, cookie: cookies[who], body })
        const text = without(response.text, body)
        const shown = `${method} ${url} → ${response.status}`
        if (canary.test(text) || canary.test(response.headers)) leaks.push(shown)
        if (response.status >= 500) faults.push(shown)
        const isRefused = response.status !== 200 || /SingleFetchRedirect|"status",404|sign-in/.test(text)
        const isClosed = guards === 'on' && page.audience !== 'public' && isForeign(who, page)
        if (isClosed && !isRefused) leaks.push(`${shown} instead of 404 or sign-in`)
      }
      const walk = async (some: Page[]) => {
        const attempts = some
          .flatMap((page) =>
            pathsOf(page, world).flatMap((path, index) =>
              attemptsOf(path, page, world, { isFirst: index === 0, turn }).map((one) => ({ page, one })),
            ),
          )
          .values()
        const walker = async () => {
          for (const { page, one } of attempts) await attempt(page, one)
        }
        await Promise.all(Array.from({ length: AT_ONCE }, walker))
      }
      await walk(pages.filter(({ path }) => path !== SIGN_OUT))
      await walk(pages.filter(({ path }) => path === SIGN_OUT))
      expect(leaks).toEqual([])
      expect(faults, site.log()).toEqual([])
      expect(await snapshot(db, world)).toEqual(before)
    },
  )
}

/** Ends the session that all the other attempts need: tried when they are over. */
const SIGN_OUT = '/sign-out'

/** Pages of the watched academy that a stranger has no business with; pages of one's own (`/me`, `/learn`) are fine. */
const isForeign = (who: string, page: Page) =>
  page.path.includes(':academy') &&
  who !== 'an instructor of the academy without classes' &&
  // Who has a place of one's own in the class hands in for it.
  !(who === 'a worker of the same class' && page.audience === 'learning.own') &&
  !(who === 'a union of an enterprise' && page.audience === 'group.enrol')

/** What somebody typed may come back onto their own form. */
function without(text: string, typed?: URLSearchParams): string {
  return [...(typed?.values() ?? [])].reduce((left, value) => (value ? left.replaceAll(value, '') : left), text)
}

type Attempt = { method: string; url: string; body?: URLSearchParams }

function pathsOf(page: Page, world: World): string[] {
  const isPublicClass = page.audience === 'public' && page.path.includes(':class')
  const values: Record<string, string[]> = {
    ':academy': [world.academyCode],
    ':class': isPublicClass ? [world.classes.draft, world.classes.ledger] : Object.values(world.classes),
    ':person': [world.personId],
    ':figure': ['trained', 'practical', 'assessed', 'certified', 'improved', 'no-such-figure'],
    ':upload': [world.uploadId],
    ':file': [world.documentId],
    ':material': [world.materialFileId],
    ':part': ['notice', 'papers'],
    ':made': ['timetable', 'sign_in', 'scores', 'receipts'],
    ':import': [world.importId],
    ':instructor': [world.instructorId],
    ':question': [world.questionId],
    ':session': [world.sessionId, world.heldSessionId],
    ':course': [WALK_COURSE, 'electrical-safety'],
    ':lesson': [WALK_LESSON],
    ':occupation': ['6-31-01-03', '9-99-99-99'],
    ':page': ['components', 'quizzes'],
    ':digest': ['0'.repeat(64)],
  }
  let paths = [page.path]
  for (const [name, candidates] of Object.entries(values))
    if (page.path.includes(name)) paths = paths.flatMap((path) => candidates.map((value) => path.replace(name, value)))
  return paths
}

/**
 * What is tried of an address: the first one of a page in every form and method; its other ones, which are answered by the
 * same code, as document and data, and with every form that its action knows.
 * @param turn the stranger's number
 */
function attemptsOf(path: string, page: Page, world: World, at: { isFirst: boolean; turn: number }): Attempt[] {
  const { isFirst, turn } = at
  const [reads, writes] = [readsOf(path, page), writesOf(path, page, world, turn)]
  if (isFirst) return [...reads, ...writes]
  const isPlain = ({ method, url }: Attempt) => url === path || (url === dataPath(path) && method === 'GET')
  return [...reads, ...writes].filter((one) => isPlain(one) && ['GET', 'POST'].includes(one.method))
}

const routeId = (page: Page) => `routes/${page.file.replace(/\.tsx?$/, '')}`
const dataPath = (path: string) => (path === '/' ? '/_root.data' : `${path}.data`)

function readsOf(path: string, page: Page): Attempt[] {
  const id = encodeURIComponent(routeId(page))
  const urls = [
    path,
    `${path}?year=2026`,
    dataPath(path),
    `${dataPath(path)}?_routes=${id}`,
    `${path}?_data=${id}`,
    `${path}?_data=root`,
    `${path}/`,
  ]
  return [
    ...urls.map((url) => ({ method: 'GET', url })),
    { method: 'HEAD', url: path },
    { method: 'OPTIONS', url: path },
  ]
}

/**
 * Every stranger posts every form to every address that the page's action has, and comes to the action with every other
 * method by its data. Of its three addresses besides, which lead to the same call, each stranger tries one with each method.
 */
function writesOf(path: string, page: Page, world: World, turn: number): Attempt[] {
  const id = encodeURIComponent(routeId(page))
  const forms = (actionForms[page.file] ?? [() => ({ intent: 'anything' })]).map(
    (form) => new URLSearchParams(form(world)),
  )
  const urls = [path, dataPath(path), `${path}?_data=${id}`, `${path}?index`]
  const posts = urls.flatMap((url) => forms.map((body) => ({ method: 'POST', url, body })))
  const besides = urls.filter((url) => url !== dataPath(path))
  const others = OTHER_METHODS.flatMap((method, n) =>
    [dataPath(path), besides[(turn + n) % besides.length]!].map((url) => ({ method, url, body: forms[0]! })),
  )
  return [...posts, ...others]
}

/** A digest of everything that belongs to the watched academy and its people. */
async function snapshot(db: TestDatabase, world: World): Promise<Record<string, string>> {
  const tables = await db.owner<{ table: string }[]>`
    select table_name as table from information_schema.columns
    where table_schema = 'public' and column_name = 'academy_id' and table_name not in ('audit_event', 'account', 'tally', 'tally_member', 'tally_mark')`
  const digests: Record<string, string> = {}
  for (const { table } of tables) {
    const [row] = await db.owner<{ digest: string }[]>`
      select coalesce(md5(string_agg(t::text, '|' order by t::text)), '') as digest
      from ${db.owner(table)} t where t.academy_id = ${world.academyId}`
    digests[table] = row!.digest
  }
  const [people] = await db.owner<{ digest: string }[]>`
    select md5(string_agg(a::text, '|' order by a.id)) as digest from account a where a.display_name like 'CANARY%'`
  digests.account = people!.digest
  const [person] = await db.owner<{ digest: string }[]>`
    select md5(p::text) as digest from person p where p.id = ${world.personId}`
  digests.person = person!.digest
  for (const { table } of await db.owner<{ table: string }[]>`
    select table_name as table from information_schema.columns c
    where table_schema = 'public' and column_name = 'account_id' and table_name <> 'session' and not exists (
      select from information_schema.columns o where o.table_name = c.table_name and o.column_name = 'academy_id')`) {
    const [row] = await db.owner<{ digest: string }[]>`
      select coalesce(md5(string_agg(t::text, '|' order by t::text)), '') as digest
      from ${db.owner(table)} t join account a on a.id = t.account_id where a.display_name like 'CANARY%'`
    digests[table] = row!.digest
  }
  return digests
}
