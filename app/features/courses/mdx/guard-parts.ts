import { type Finding, finding } from '../problem.ts'
import { ASSET_NAME } from './allowed.ts'
import type { TreeNode } from './tree.ts'

/** What the lesson's folder has: the guard refuses a picture that is missing and a quiz without questions. */
export type GuardContext = { assets: ReadonlySet<string>; hasQuiz: boolean }

export type Visit = { node: TreeNode; depth: number; parent: TreeNode | null }

export type Say = (code: Finding['code'], detail?: string) => void

export function reporter(node: { position?: TreeNode['position'] }, into: Finding[]): Say {
  const { line, column } = node.position?.start ?? { line: 1, column: 1 }
  return (code, detail = '') => into.push(finding(line, column, code, detail))
}

export function checkPicture(src: string, alt: unknown, context: GuardContext, say: Say): void {
  const name = src.replace(/^\.\//, '')
  if (!ASSET_NAME.test(name)) say('image_source', src)
  else if (!context.assets.has(name)) say('image_missing', name)
  if (typeof alt !== 'string' || alt.trim() === '') say('image_alt')
}
