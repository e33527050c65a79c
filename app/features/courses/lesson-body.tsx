import type { ReactNode } from 'react'
import { FinishedHtml } from '#app/ui/finished-html.tsx'
import { blockId, type ShownBlock } from './shown-blocks.ts'

/** The blocks of a lesson in order: finished HTML as it was published, and at the place of its island what the page gives. */
export function LessonBody({
  lesson,
  blocks,
  quiz,
  lang = 'zh-CN',
}: {
  lesson: string
  blocks: ShownBlock[]
  quiz: ReactNode
  /** The language of the text; null: that of the page around it. */
  lang?: string | null
}) {
  return blocks.map((block, index) => {
    const key = blockId(lesson, index)
    if (block.kind === 'island') return <div key={key}>{quiz}</div>
    return <FinishedHtml key={key} id={key} className="prose" lang={lang ?? undefined} html={block.html} />
  })
}
