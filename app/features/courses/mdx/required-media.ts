import type { RequiredMedia } from '../time/needed.ts'
import { attributeText } from './guard-parts.ts'
import type { MediaInfo } from './lesson-context.tsx'
import type { TreeNode } from './tree.ts'

/** The videos and recordings that a lesson asks to be played, in the order of the text: all but those of `required="no"`. */
export function requiredMedia(root: TreeNode, media: ReadonlyMap<string, MediaInfo>): RequiredMedia[] {
  const found: RequiredMedia[] = []
  const stack = [root]
  for (let node = stack.pop(); node; node = stack.pop()) {
    const info =
      node.name === 'Video' || node.name === 'Audio' ? media.get(attributeText(node, 'src') ?? '') : undefined
    if (info && info.kind !== 'captions' && attributeText(node, 'required') !== 'no')
      found.push({ name: attributeText(node, 'src')!, title: attributeText(node, 'title')!, seconds: info.seconds })
    stack.push(...[...(node.children ?? [])].reverse())
  }
  return found
}
