import { useState } from 'react'
import { usePage } from './page-context.tsx'

type Answer = { isDocument: boolean; finished: Map<string, Uint8Array> }

/** What a loader returns for a {@link FinishedHtml}: with a document nothing, since it stands there; else the text itself. */
export function finishedHtml(answer: Answer, id: string, html: Uint8Array): string | null {
  if (!answer.isDocument) return new TextDecoder().decode(html)
  answer.finished.set(id, html)
  return null
}

/**
 * HTML that was made and checked before (a published lesson). In a document it travels once, as the text itself, and not a
 * second time as data for the browser's React: `html` is then null and stands in the page's own store, on the server under
 * `id`, in the browser in the document. After a navigation it comes with the data.
 */
export function FinishedHtml({
  id,
  html,
  className,
  lang,
}: {
  id: string
  html: string | null
  className?: string
  lang?: string
}) {
  const { finished } = usePage()
  return (
    <div
      className={className}
      lang={lang}
      data-finished={id}
      // biome-ignore lint/security/noDangerouslySetInnerHtml: whoever hands it over has checked it (blocks.ts)
      dangerouslySetInnerHTML={{ __html: html ?? finished(id) }}
    />
  )
}

/**
 * {@link FinishedHtml} with fields in it: what stands there when it appears stays, whatever comes with later data, so that
 * nothing that somebody ticked or typed is lost. Another form gets another `key`.
 */
export function FinishedFields({ id, html, className }: { id: string; html: string | null; className?: string }) {
  const { finished } = usePage()
  const [first] = useState(() => html ?? finished(id))
  return <FinishedHtml id={id} html={first} className={className} />
}
