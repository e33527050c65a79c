import { z } from 'zod'
import { HELP_READERS, type HelpLocale } from '#db/values.ts'
import { type Finding, finding, type Problem } from '../problem.ts'
import { LESSON, QUIZ } from './file-names.ts'
import { readFolder } from './files.server.ts'
import { splitHead } from './front-matter.ts'
import type { GlossaryEntry } from './glossary.ts'
import type { MediaFile } from './media.server.ts'
import { type AssetSource, decodeFiles, type PageSource, readGlossary, readPages, type Tell } from './pages.server.ts'
import { jobOf } from './prepare.server.ts'
import { lineOfText } from './shapes.ts'

const helpShape = z.strictObject({ title: lineOfText(80), summary: lineOfText(240), for: z.enum(HELP_READERS) })

export type HelpHead = z.output<typeof helpShape>

/** The pages of the manual in one language, and what of its folder they may use. */
export type HelpFolder = {
  locale: HelpLocale
  pages: PageSource<HelpHead>[]
  assets: AssetSource[]
  media: MediaFile[]
  glossary: GlossaryEntry[]
}

/** The folders of content/help, each like that of a course but for course.yaml. */
const FOLDERS: readonly (readonly [name: string, locale: HelpLocale])[] = [
  ['zh', 'zh-CN'],
  ['en', 'en'],
]

/** Reads the manual in both languages. A page that stands in one of them only is a problem. */
export async function readHelp(dir: string): Promise<{ folders: HelpFolder[]; problems: Problem[] }> {
  const problems: Problem[] = []
  const folders: HelpFolder[] = []
  for (const [name, locale] of FOLDERS) {
    const read = await readFolder(dir, name)
    problems.push(...read.problems)
    const tell: Tell = (file, findings) => {
      for (const found of findings) problems.push({ file: file === '' ? name : `${name}/${file}`, ...found })
    }
    for (const file of read.files.keys()) if (isForeign(file)) tell(file, [finding(1, 1, 'unknown_file', file)])
    const { texts, assets } = decodeFiles(read.files, tell)
    const glossary = readGlossary(texts, tell)
    const split = (text: string) => splitHead(text, helpShape)
    const pages = readPages({ slug: name, texts, assets, media: read.media, glossary }, split, tell)
    folders.push({ locale, pages, assets, media: read.media, glossary })
  }
  const [one, other] = folders
  if (one && other && problems.length === 0) problems.push(...untranslated(one, other), ...untranslated(other, one))
  return { folders, problems }
}

const isForeign = (file: string) =>
  file.endsWith('.yaml') ? file !== 'glossary.yaml' && !QUIZ.test(file) : file.endsWith('.mdx') && !LESSON.test(file)

function untranslated(one: HelpFolder, other: HelpFolder): Problem[] {
  const found: Finding = finding(1, 1, 'help_translation')
  const known = new Set(other.pages.map(({ slug }) => slug))
  return one.pages.filter(({ slug }) => !known.has(slug)).map(({ file }) => ({ file, ...found }))
}

/** What the compile worker is told of a page of the manual. */
export const helpJob = (folder: HelpFolder, page: PageSource<HelpHead>) => ({
  ...jobOf(page, folder),
  locale: folder.locale,
  hasLiveExamples: true,
})
