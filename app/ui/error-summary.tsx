import { useEffect, useRef } from 'react'
import { Icon } from './icon.tsx'
import { InPageLink } from './in-page-link.tsx'
import { useWords } from './locale.tsx'
import { words } from './words.ts'

export interface SummaryError {
  /** Id of the field it is about; none for an error of the whole form. */
  id?: string
  message: string
}

/** The errors of a form at its top, each a link to its field. Takes the focus when it appears. `rest`: what became of what had none. */
export function ErrorSummary({ errors, rest }: { errors: readonly SummaryError[]; rest?: string | null }) {
  const w = useWords(words)
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (errors.length > 0) box.current?.focus()
  }, [errors])
  if (errors.length === 0) return null
  return (
    <div className="error-summary" role="alert" tabIndex={-1} ref={box}>
      <p className="error">
        <Icon name="alert" />
        {w.errors(errors.length)}
      </p>
      <ul>
        {errors.map(({ id, message }) => (
          <li key={`${id}:${message}`}>{id ? <InPageLink id={id}>{message}</InPageLink> : message}</li>
        ))}
      </ul>
      {rest && <p>{rest}</p>}
    </div>
  )
}
