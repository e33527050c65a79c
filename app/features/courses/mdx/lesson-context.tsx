import { createContext, useContext } from 'react'
import type { Locale } from '#app/lib/i18n.ts'
import type { GlossaryEntry } from '../content/glossary.ts'
import { lessonWords } from './words.ts'

/** A figure of the course as the page needs it: its address under its digest, and its size so that nothing jumps. */
export type AssetInfo = { digest: string; width: number; height: number }

/** A video or recording, or captions, as the page needs it. */
export type MediaInfo = { digest: string; bytes: number } & (
  | { kind: 'captions' }
  | { kind: 'video' | 'audio'; seconds: number; width: number; height: number }
)

/** What the components of the lesson that is being rendered may know of its folder. */
export type Lesson = {
  locale: Locale
  assets: ReadonlyMap<string, AssetInfo>
  media: ReadonlyMap<string, MediaInfo>
  glossary: readonly GlossaryEntry[]
}

export const LessonContext = createContext<Lesson>({
  locale: 'zh-CN',
  assets: new Map(),
  media: new Map(),
  glossary: [],
})

export const useLesson = (): Lesson => useContext(LessonContext)

/** The words that are compiled into the text, in the lesson's own language. */
export const useLessonWords = () => lessonWords[useLesson().locale]
