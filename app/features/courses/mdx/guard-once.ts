import type { Finding } from '../problem.ts'
import { LIMITS } from './allowed.ts'
import { attributeText, type GuardContext, reporter } from './guard-parts.ts'
import { termName, termOf } from './terms.ts'
import type { TreeNode } from './tree.ts'

/**
 * What a lesson has once: its quiz, a formula of a number, a video or recording, and each term. A word is marked where it first appears; from its
 * explanation one way leads back.
 */
export function checkOnce(components: TreeNode[], context: GuardContext): Finding[] {
  const findings: Finding[] = []
  const seen = new Set<string>()
  let players = 0
  for (const node of components) {
    const say = reporter(node, findings)
    const once = (
      key: string,
      code: 'island_twice' | 'number_twice' | 'term_twice' | 'media_twice',
      detail: string,
    ) => {
      if (seen.has(key)) say(code, detail)
      seen.add(key)
    }
    if (node.name === 'Quiz') {
      once('quiz', 'island_twice', 'Quiz')
      if (!context.hasQuiz) say('quiz_missing')
    } else if (node.name === 'Formula') {
      const number = attributeText(node, 'number')
      if (number) once(`formula ${number}`, 'number_twice', number)
    } else if (node.name === 'Video' || node.name === 'Audio') {
      const src = attributeText(node, 'src')
      if (src) once(`media ${src}`, 'media_twice', src)
      players += 1
      if (players === LIMITS.media + 1) say('too_many_media', String(LIMITS.media))
    } else if (node.name === 'Term') {
      const term = termOf(node, context.glossary)?.term
      if (term) once(`term ${term}`, 'term_twice', termName(node))
    }
  }
  return findings
}
