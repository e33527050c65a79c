import { nearest } from '#app/lib/nearest.ts'
import { COMPILER_VERSION } from '../blocks.ts'
import { type Finding, finding } from '../problem.ts'
import { type QuizSource, quizShape } from '../questions/quiz-shape.ts'
import { digestOf, sha256 } from './digest.server.ts'
import { GLOSSARY, LESSON, limitOf, QUIZ } from './file-names.ts'
import { entriesIn, type GlossaryEntry, glossaryShape } from './glossary.ts'
import type { MediaFile } from './media.server.ts'
import { checkSvg } from './svg.ts'
import { readText } from './text.ts'
import { readYaml } from './yaml.ts'

export type AssetSource = { name: string; digest: string; bytes: Buffer; width: number; height: number }

/** A page of text as its files have it: a lesson, or a page of the manual. */
export type PageSource<H> = {
  slug: string
  /** Path below the content folder. */
  file: string
  head: H
  /** Where the head says the revision; 1 where it does not. */
  revisionLine: number
  body: string
  quiz: QuizSource | null
  /** The terms of the folder's glossary that its text marks. */
  glossary: GlossaryEntry[]
  digest: string
}

/** Takes what is wrong with a file of the folder; '' is the folder itself. */
export type Tell = (name: string, findings: Finding[]) => void

/** The texts of a folder's files, each decoded strictly, and its figures, each checked. */
export function decodeFiles(files: ReadonlyMap<string, Buffer>, tell: Tell) {
  const texts = new Map<string, string>()
  const assets: AssetSource[] = []
  for (const [name, bytes] of files) {
    const read = readText(bytes, limitOf(name) ?? 0)
    if ('findings' in read) tell(name, read.findings)
    else {
      texts.set(name, read.text)
      const svg = name.endsWith('.svg') ? checkSvg(read.text) : null
      if (svg && 'findings' in svg) tell(name, svg.findings)
      else if (svg) assets.push({ name, digest: digestOf(bytes), bytes, ...svg.info })
    }
  }
  return { texts, assets }
}

/** The words that a folder explains; none where it has no glossary, or one that is wrong. */
export function readGlossary(texts: ReadonlyMap<string, string>, tell: Tell): GlossaryEntry[] {
  const text = texts.get(GLOSSARY)
  const read = text === undefined ? null : readYaml(text, glossaryShape)
  if (read && 'findings' in read) tell(GLOSSARY, read.findings)
  return read && 'value' in read ? read.value.terms : []
}

type Folder = {
  slug: string
  texts: ReadonlyMap<string, string>
  assets: AssetSource[]
  media: MediaFile[]
  glossary: GlossaryEntry[]
}
type Split<H> = (text: string) => { head: H; body: string } | { findings: Finding[] }

/** Pages in the order of their numbers, each with its quiz and a digest over all that it is made of. */
export function readPages<H>(
  { slug, texts, assets, media, glossary }: Folder,
  split: Split<H>,
  tell: Tell,
): PageSource<H>[] {
  const pages: PageSource<H>[] = []
  const seen = { numbers: new Set<string>(), slugs: new Set<string>() }
  for (const [name, text] of texts) {
    const [, number = '', lessonSlug = ''] = LESSON.exec(name) ?? []
    if (lessonSlug === '') {
      const stem = QUIZ.exec(name)?.[1]
      if (stem && !texts.has(`${stem}.mdx`)) {
        const lessons = [...texts.keys()].filter((other) => LESSON.test(other))
        const meant = nearest(`${stem}.mdx`, lessons)?.replace(/mdx$/, 'quiz.yaml')
        tell(name, [finding(1, 1, 'quiz_without_lesson', name, meant)])
      }
      continue
    }
    if (seen.numbers.has(number)) tell(name, [finding(1, 1, 'lesson_number_twice', number)])
    if (seen.slugs.has(lessonSlug)) tell(name, [finding(1, 1, 'lesson_name_twice', lessonSlug)])
    seen.numbers.add(number)
    seen.slugs.add(lessonSlug)

    const parts = split(text)
    if ('findings' in parts) tell(name, parts.findings)
    const quizName = `${number}-${lessonSlug}.quiz.yaml`
    const quizText = texts.get(quizName)
    const quiz = quizText === undefined ? null : readYaml(quizText, quizShape)
    if (quiz && 'findings' in quiz) tell(quizName, quiz.findings)
    if ('findings' in parts || (quiz && 'findings' in quiz)) continue
    const used = [...assets, ...media]
      .filter((asset) => text.includes(asset.name))
      .map((asset) => `${asset.name} ${asset.digest}`)
    const marked = entriesIn(text, glossary)
    const explained = marked.map((entry) => JSON.stringify(entry))
    const digest = sha256(COMPILER_VERSION, text, quizText ?? '', ...used, ...explained)
    const revisionLine = Math.max(1, text.split('\n').findIndex((line) => /^revision\s*:/.test(line)) + 1)
    const source = { ...parts, revisionLine, quiz: quiz?.value ?? null, glossary: marked, digest }
    pages.push({ slug: lessonSlug, file: `${slug}/${name}`, ...source })
  }
  return pages
}
