import { nearest } from '#app/lib/nearest.ts'
import { ASSET_NAME, CAPTIONS_NAME, MEDIA_NAME } from '../mdx/allowed.ts'
import { SLUG } from '../progress.ts'
import { KILOBYTE } from './text.ts'

/** The names that the files of a course have, and how large each may be. */
export const FOLDER = new RegExp(`^${SLUG}$`)
export const LESSON = new RegExp(`^(\\d{2})-(${SLUG})\\.mdx$`)
export const QUIZ = new RegExp(`^(\\d{2}-${SLUG})\\.quiz\\.yaml$`)
export const GLOSSARY = 'glossary.yaml'
export const TEST_FILE = 'final.test.yaml'
export const BANK_FILE = new RegExp(`^(${SLUG})\\.bank\\.yaml$`)

const LIMITS = { mdx: 64 * KILOBYTE, yaml: 64 * KILOBYTE, bank: 512 * KILOBYTE, svg: 256 * KILOBYTE }
/** Addresses below a course that are no lessons. */
export const RESERVED = new Set(['test'])
export const MOST_FILES = 300

/** Beside the lessons: videos, recordings and their captions. */
export const MEDIA_FOLDER = 'media'
export const MOST_MEDIA_FILES = 100
const MEDIA_LIMITS = { mp4: 64 * 1024 * KILOBYTE, m4a: 16 * 1024 * KILOBYTE, vtt: 128 * KILOBYTE }

/** The size that a file of this name may have there; null: none of these. */
export function mediaLimit(name: string): number | null {
  if (CAPTIONS_NAME.test(name)) return MEDIA_LIMITS.vtt
  const kind = MEDIA_NAME.exec(name)?.[1]
  return kind ? MEDIA_LIMITS[kind as 'mp4' | 'm4a'] : null
}

/** The size a file of this name may have; null: not a file of a course. */
export function limitOf(name: string): number | null {
  if (name === 'course.yaml' || name === GLOSSARY || name === TEST_FILE || QUIZ.test(name)) return LIMITS.yaml
  if (BANK_FILE.test(name)) return LIMITS.bank
  if (LESSON.test(name)) return LIMITS.mdx
  return ASSET_NAME.test(name) ? LIMITS.svg : null
}

/** The name that a file was probably meant to have, if it is one of a course's. */
export function likelyName(name: string): string | undefined {
  const stem = name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s_]+/g, '-')
  const tidy = stem
    .replace(/\.yml$/, '.yaml')
    .replace(/\.mdx?$/, '.mdx')
    .replace(/^(\d)-/, '0$1-')
  return limitOf(tidy) === null ? nearest(tidy, ['course.yaml', GLOSSARY]) : tidy
}
