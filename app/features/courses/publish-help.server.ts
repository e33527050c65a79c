import { and, notInArray, or, sql } from 'drizzle-orm'
import { record } from '#app/features/audit/audit.server.ts'
import type { Tx } from '#db/client.server.ts'
import { helpPage } from '#db/schema/index.ts'
import type { Block } from './blocks.ts'
import { type HelpHead, helpJob, readHelp } from './content/help-folder.server.ts'
import type { PageSource } from './content/pages.server.ts'
import { storeAssets } from './content/store-assets.server.ts'
import { storeMedia } from './content/store-media.server.ts'
import { shuffle } from './final-test/shuffle.server.ts'
import type { Problem } from './problem.ts'
import { compileLessons } from './publish/compile.server.ts'
import { splitQuiz } from './questions/quiz-shape.ts'

export type HelpReport = {
  outcome: 'published' | 'unchanged' | 'refused'
  pages: number
  compiled: number
  problems: Problem[]
}

/**
 * Publishes the manual of a folder, in the transaction of the system purpose `content`, as courses are: compiled in the
 * worker, all or nothing, what did not change left alone. A page whose file is gone goes.
 */
export async function publishHelp(
  tx: Tx,
  { dir, now, compile = compileLessons }: { dir: string; now: Date; compile?: typeof compileLessons },
): Promise<HelpReport> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtext('courses.publish'))`)
  const { folders, problems } = await readHelp(dir)
  const refused = { outcome: 'refused', pages: 0, compiled: 0 } as const
  if (problems.length > 0) return { ...refused, problems }
  const published = await publishedPages(tx)
  const all = folders.flatMap((folder) => folder.pages.map((page, index) => ({ folder, page, position: index + 1 })))
  const keyOf = ({ folder, page }: (typeof all)[number]) => `${folder.locale} ${page.slug}`
  const changed = all.filter((one) => {
    const before = published.get(keyOf(one))
    return before?.digest !== one.page.digest || before.position !== one.position
  })
  const isSame = changed.length === 0 && published.size === all.length
  if (isSame) return { outcome: 'unchanged', pages: all.length, compiled: 0, problems }
  const compiled = await compile(changed.map(({ folder, page }) => helpJob(folder, page)))
  for (const [index, result] of compiled.entries()) {
    const { file } = changed[index]!.page
    if ('findings' in result) problems.push(...result.findings.map((found) => ({ file, ...found })))
  }
  if (problems.length > 0) return { ...refused, problems }
  for (const { assets, media } of folders) {
    await storeAssets(tx, assets, now)
    await storeMedia(tx, media, now)
  }
  for (const [index, { folder, page, position }] of changed.entries()) {
    const result = compiled[index]!
    if ('blocks' in result) await storePage(tx, { locale: folder.locale, page, position, blocks: result.blocks, now })
  }
  await tx.delete(helpPage).where(
    and(
      ...folders.map(({ locale, pages }) =>
        or(
          sql`${helpPage.locale} <> ${locale}`,
          notInArray(
            helpPage.slug,
            pages.map(({ slug }) => slug),
          ),
        ),
      ),
    ),
  )
  const by = { kind: 'system', purpose: 'content' } as const
  await record(tx, { by, now, kind: 'help.published', detail: { pages: all.length, changed: changed.length } })
  return { outcome: 'published', pages: all.length, compiled: changed.length, problems }
}

async function publishedPages(tx: Tx): Promise<Map<string, { digest: string; position: number }>> {
  const { locale, slug, digest, position } = helpPage
  const rows = await tx.select({ locale, slug, digest, position }).from(helpPage)
  return new Map(
    rows.map((row) => [`${row.locale} ${row.slug}`, { digest: row.digest.toString('hex'), position: row.position }]),
  )
}

type Stored = { locale: string; page: PageSource<HelpHead>; position: number; blocks: Block[]; now: Date }

async function storePage(tx: Tx, { locale, page, position, blocks, now }: Stored): Promise<void> {
  const { head, slug, quiz, digest } = page
  const values = {
    locale,
    slug,
    position,
    reader: head.for,
    title: head.title,
    summary: head.summary,
    blocks,
    quiz: quiz && splitQuiz(quiz, shuffle),
    digest: Buffer.from(digest, 'hex'),
    publishedAt: now,
  }
  await tx
    .insert(helpPage)
    .values(values)
    .onConflictDoUpdate({ target: [helpPage.locale, helpPage.slug], set: values })
}
