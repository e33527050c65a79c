import { recordedAcademies } from '#app/features/academies/write.server.ts'
import { system } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { findAccountByLogin } from '#app/features/accounts/create.server.ts'
import { recountAll } from '#app/features/figures/commands.server.ts'
import { DEMO_LOGINS, DEMO_PASSWORD } from './demo/accounts.ts'
import { PROVINCE } from './demo/province/academies.ts'
import { expectedInAll, loadLedgers, missingLedgers, openProvince } from './demo/province.server.ts'
import { loadSmallDemo } from './demo/small.server.ts'
import { SMALL_DEMO } from './demo/vocabulary.ts'
import { setDemoPercent } from './demo-progress.server.ts'
import { words } from './words.ts'

/** One row of the table that a start prints: a demo account of one role. */
export type DemoAccount = { role: string; login: string; password: string; about: string }

export type DemoKind = 'small' | 'province'

/**
 * Prepares the demo in an installation that holds no academy yet, through the product's own imports; later starts only name
 * its accounts. An installation keeps the demo it began with. Of the province the ledgers are left for {@link loadDemo}. Every
 * step is safe to run again: a first start that was cut off is taken up by the next.
 */
export async function prepareDemo({
  log,
  kind = 'small',
}: {
  log: (line: string) => void
  kind?: DemoKind
}): Promise<DemoAccount[]> {
  const state = await demoState()
  if (state.holds === 'other') return []
  const holds = state.holds ?? kind
  if (!state.isOpen) {
    log(words['zh-CN'].preparingDemo[holds])
    await (holds === 'small' ? loadSmallDemo : openProvince)(new Date())
  }
  // Before the site answers: its first page already says that ledgers are to come.
  if (holds === 'province' && (await missingLedgers()).length > 0) setDemoPercent(0)
  return DEMO_LOGINS.map(({ role, login, about }) => ({ role, login, password: DEMO_PASSWORD, about }))
}

/** Rows, all of them and those that were read so far: an estimate until the last file is in. */
export type DemoProgress = (progress: { rows: number; of: number }) => void

/**
 * Loads the ledgers that the province of the demo still lacks and counts its figures; nothing where there is no such demo. Pages
 * say how far it is.
 * @returns whether there was anything to load. @throws the signal's reason soon after an abort.
 */
export async function loadDemo({
  signal,
  progress,
}: {
  signal: AbortSignal
  progress: DemoProgress
}): Promise<boolean> {
  if ((await demoState()).holds !== 'province') return false
  const missing = await missingLedgers()
  if (missing.length === 0) return false
  const of = expectedInAll()
  try {
    setDemoPercent(0)
    await loadLedgers(missing, {
      signal,
      onRows: (rows) => {
        setDemoPercent((100 * rows) / of)
        progress({ rows, of })
      },
    })
    // Once, at the end: what is counted in between is stale before anyone reads it.
    await recountAll({ onlyStale: true, isPatient: true, onYear: () => signal.throwIfAborted() })
  } finally {
    setDemoPercent(null)
  }
  return true
}

/** Which demo it is (null: nothing yet), or somebody's own academies; and whether its accounts are there. */
async function demoState(): Promise<{ holds: DemoKind | 'other' | null; isOpen: boolean }> {
  return as(system('setup'), async (tx) => {
    const codes = new Set((await recordedAcademies(tx)).keys())
    const isOpen = (await findAccountByLogin(tx, DEMO_LOGINS.at(-1)!.login)) !== null
    // An account of this name without any academy is somebody's own.
    if (codes.size === 0) return { holds: isOpen ? 'other' : null, isOpen }
    // The province's academies come in at once. Later somebody may add to a demo.
    if (PROVINCE.every(({ code }) => codes.has(code))) return { holds: 'province', isOpen }
    const small = SMALL_DEMO.map(({ code }) => code)
    const isSmall = isOpen ? small.every((code) => codes.has(code)) : [...codes].every((code) => small.includes(code))
    return { holds: isSmall ? 'small' : 'other', isOpen }
  })
}
