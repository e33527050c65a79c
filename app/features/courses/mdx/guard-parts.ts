import { nearest } from '#app/lib/nearest.ts'
import type { GlossaryEntry } from '../content/glossary.ts'
import { type Finding, finding } from '../problem.ts'
import { ASSET_NAME, CAPTIONS_NAME, MEDIA_NAME } from './allowed.ts'
import type { TreeNode } from './tree.ts'

/** What the lesson's folder has: the guard refuses a picture or a term that is missing and a quiz without questions. */
export type GuardContext = {
  assets: ReadonlySet<string>
  /** What each file of its folder `media` is. */
  media: ReadonlyMap<string, { kind: 'video' | 'audio' | 'captions' }>
  glossary: readonly GlossaryEntry[]
  /** Every term of the course, to guess which one was meant. */
  terms: readonly string[]
  hasQuiz: boolean
}

export type Visit = { node: TreeNode; depth: number; parent: TreeNode | null }

export type Say = (code: Finding['code'], detail?: string, hint?: string) => void

export function reporter(node: { position?: TreeNode['position'] }, into: Finding[]): Say {
  const { line, column } = node.position?.start ?? { line: 1, column: 1 }
  return (code, detail = '', hint) => into.push(finding(line, column, code, detail, hint))
}

/** An attribute's text; undefined where it is missing or no text. */
export function attributeText(node: TreeNode, name: string): string | undefined {
  const value = node.attributes?.find((attribute) => attribute.name === name)?.value
  return typeof value === 'string' ? value : undefined
}

export function checkPicture(src: string, alt: unknown, context: GuardContext, say: Say): void {
  const name = src.replace(/^\.\//, '')
  if (!ASSET_NAME.test(name)) say('image_source', src)
  else if (!context.assets.has(name)) say('image_missing', name, nearest(name, context.assets))
  if (typeof alt !== 'string' || alt.trim() === '') say('image_alt')
}

/** A video or a recording: its file is there and is what the component plays, so are its captions and its first picture. */
export function checkMedia(node: TreeNode, context: GuardContext, say: Say): void {
  const kind = node.name === 'Video' ? 'video' : 'audio'
  const ending = kind === 'video' ? '.mp4' : '.m4a'
  const [src, captions, poster] = ['src', 'captions', 'poster'].map((name) => attributeText(node, name))
  const missing = (name: string) => say('media_missing', name, nearest(name, [...context.media.keys()]))
  if (src !== undefined) {
    if (!MEDIA_NAME.test(src) || !src.endsWith(ending)) say('media_source', `${src} ${ending}`)
    else if (context.media.get(src)?.kind !== kind) missing(src)
  }
  if (captions !== undefined) {
    if (!CAPTIONS_NAME.test(captions)) say('media_source', `${captions} .vtt`)
    else if (!context.media.has(captions)) missing(captions)
  }
  if (poster !== undefined) checkPicture(poster, node.name, context, say)
}
