import { createWriteStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { importAcademies } from '#app/features/academies/import.server.ts'
import { importBrands } from '#app/features/academies/import-brands.server.ts'
import { ACADEMY_COLUMNS, BRAND_COLUMNS } from '#app/features/academies/vocabulary.ts'
import { listUnions, recordedAcademies } from '#app/features/academies/write.server.ts'
import { system, type Viewer } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { findAccountByLogin } from '#app/features/accounts/create.server.ts'
import { readTable } from '#app/lib/table-file.server.ts'
import type { Tx } from '#db/client.server.ts'
import { createDemoAccounts, type DemoWorker, findDemoPerson } from './accounts.server.ts'
import { findClassId, keepDemoTemplate, openDemoClasses } from './classes.server.ts'
import { CLOSED, type DemoClass, KEPT, OVER, RUNNING } from './classes.ts'
import type { DemoFile } from './files.ts'
import { enterDemoInstructors } from './instructors.server.ts'
import { runOverClass } from './over.server.ts'
import { fillDemoRoll } from './roll.server.ts'
import { runDemoClass } from './running.server.ts'

/** Gives `work` a folder for the demo's files, and removes it. */
export async function withFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'jiangxuetang-demo-'))
  try {
    return await work(folder)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

export async function writeFile(folder: string, file: DemoFile): Promise<string> {
  const path = join(folder, file.name)
  const lines = Readable.from(file.lines, { objectMode: true }).map((line: string) => `${line}\n`)
  await pipeline(lines, createWriteStream(path))
  return path
}

/** Academies and brands, through the product's own imports: all of them, or none. */
export async function importTables(tables: { academies: DemoFile; brands: DemoFile }, now: Date): Promise<void> {
  const locale = 'zh-CN'
  await withFolder(async (folder) => {
    const path = await writeFile(folder, tables.academies)
    const table = await readTable(path, ACADEMY_COLUMNS, locale)
    if (Array.isArray(table)) throw refusedDemo(table)
    const academies = await as(system('setup'), (tx) => importAcademies(tx, { path, table, locale, now }))
    if (academies.errors.length > 0) throw refusedDemo(academies.errors)

    const brandsPath = await writeFile(folder, tables.brands)
    const brandsTable = await readTable(brandsPath, BRAND_COLUMNS, locale)
    if (Array.isArray(brandsTable)) throw refusedDemo(brandsTable)
    const brands = await as(system('setup'), (tx) =>
      importBrands(tx, { path: brandsPath, table: brandsTable, locale, now }),
    )
    if (brands.errors.length > 0) throw refusedDemo(brands.errors)
  })
}

/** The accounts and the classes, in one transaction; then who sits in the one that runs today and in two that are over, and the roll of the demo's enterprise. */
export async function openForEveryone(
  { worker, classes }: { worker: DemoWorker; classes: readonly DemoClass[] },
  now: Date,
): Promise<void> {
  const person = await findDemoPerson(worker, now)
  const running = await as(system('setup'), async (tx: Tx) => {
    const academies = new Map([...(await recordedAcademies(tx))].map(([code, { id }]) => [code, id]))
    const unions = new Map((await listUnions(tx)).map(({ name, id }) => [name, id]))
    const teacher = await createDemoAccounts(tx, { academies, unions, worker: { ...worker, ...person }, now })
    const instructors = await enterDemoInstructors(tx, { academies, teacher, now })
    await openDemoClasses(tx, { academies, teacher, instructors, classes, now })
    const admin = await findAccountByLogin(tx, 'academy')
    const learner = await findAccountByLogin(tx, 'worker')
    const academyId = academies.get(teacher.academy)
    const idOf = async (code: string) => (academyId ? await findClassId(tx, { academyId, code }) : null)
    const classId = await idOf(RUNNING)
    const of = { academyId: academyId ?? null, academyCode: teacher.academy }
    if (!admin || !learner || !classId) return null
    return {
      classId,
      over: { closed: await idOf(CLOSED), open: await idOf(OVER) },
      kept: await idOf(KEPT),
      admin: viewerOf('academy_admin', admin.id, of),
      teacher: viewerOf('instructor', teacher.accountId, of),
      learner: viewerOf('worker', learner.id, person),
    }
  })
  if (running) {
    const { over, kept, ...of } = running
    await runDemoClass({ ...of, worker, now })
    const closedBecause = '鉴定成绩和证书月底才到，照片由班主任补交'
    if (over.closed) await runOverClass({ ...of, classId: over.closed, seed: 20_261_103, closedBecause, now })
    if (over.open) await runOverClass({ ...of, classId: over.open, seed: 20_261_117, closedBecause: null, now })
    if (kept) await keepDemoTemplate({ viewer: of.admin, classId: kept, name: '低压电工实操班', now })
  }
  await fillDemoRoll(now)
}

const viewerOf = (role: Viewer['role'], accountId: string, of: Partial<Viewer>): Viewer => ({
  ...{ kind: 'user', role, accountId, name: '', unionId: null, unionName: null, personId: null },
  ...{ academyId: null, academyCode: null, academyName: null },
  ...of,
})

/** The demo's own files are right, or the product is wrong: a bug, told with its first finding. */
export const refusedDemo = (findings: readonly unknown[]): Error =>
  new Error(`the demo was refused by the product's own import: ${JSON.stringify(findings[0])}`)
