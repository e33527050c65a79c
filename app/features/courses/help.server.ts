import { and, asc, eq } from 'drizzle-orm'
import type { Locale } from '#app/lib/i18n.ts'
import type { Tx } from '#db/client.server.ts'
import { helpPage } from '#db/schema/index.ts'
import type { HelpReader } from '#db/values.ts'
import type { splitQuiz } from './questions/quiz-shape.ts'
import { type StoredBlock, storedBlocks } from './shown-blocks.ts'

export type HelpEntry = { slug: string; title: string; summary: string; reader: HelpReader }

export type HelpPage = HelpEntry & {
  blocks: StoredBlock[]
  /** Answers and all: here they are no secret; the page keeps them on the server all the same. */
  quiz: ReturnType<typeof splitQuiz> | null
}

/** The pages of the manual in one language, in order. */
export async function listHelp(tx: Tx, locale: Locale): Promise<HelpEntry[]> {
  const { slug, title, summary, reader } = helpPage
  const rows = await tx
    .select({ slug, title, summary, reader })
    .from(helpPage)
    .where(eq(helpPage.locale, locale))
    .orderBy(asc(helpPage.position))
  return rows.map((row) => ({ ...row, reader: row.reader as HelpReader }))
}

/** One page of the manual, or null. */
export async function findHelp(tx: Tx, { locale, slug }: { locale: Locale; slug: string }): Promise<HelpPage | null> {
  const [row] = await tx
    .select()
    .from(helpPage)
    .where(and(eq(helpPage.locale, locale), eq(helpPage.slug, slug)))
  if (!row) return null
  const { title, summary, reader, blocks, quiz } = row
  // All of it was checked when it was published; nothing else writes it.
  return {
    slug,
    title,
    summary,
    reader: reader as HelpReader,
    blocks: storedBlocks(blocks),
    quiz: quiz as HelpPage['quiz'],
  }
}
