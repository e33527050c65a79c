import type { ReactNode } from 'react'
import type { Block } from './blocks.ts'

/** The blocks of a lesson in order: finished HTML as it was published, and at the place of its island what the page gives. */
export function LessonBody({ blocks, quiz }: { blocks: Block[]; quiz: ReactNode }) {
  return blocks.map((block, index) => {
    const key = `${index}-${block.kind}`
    if (block.kind === 'island') return <div key={key}>{quiz}</div>
    // biome-ignore lint/security/noDangerouslySetInnerHtml: compiled and checked when it was published (mdx/guard.ts, blocks.ts)
    return <div key={key} className="prose" lang="zh-CN" dangerouslySetInnerHTML={{ __html: block.html }} />
  })
}
