import { type ClipboardEvent, type ReactNode, useState } from 'react'
import type { RosterRow } from '#app/features/training/roster.server.ts'
import { Callout } from '#app/ui/callout.tsx'
import { TextAreaField } from '#app/ui/field.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { SubmitButton } from '#app/ui/submit-button.tsx'
import { fillResults, type PastedAnswer, toListed } from './pasted-results.ts'
import { resultsWords } from './results-words.ts'

/**
 * Around the table of results: what is pasted into one of its cells out of a spreadsheet is spread over the table, by names under
 * heads or else from that cell on, as in the spreadsheet itself. `sent`: what a paste that was posted came to, without JavaScript.
 */
export function PasteInto({
  rows,
  sent,
  children,
}: {
  rows: readonly RosterRow[]
  sent: PastedAnswer | null
  children: ReactNode
}) {
  const [here, setHere] = useState<PastedAnswer | null>(null)
  const paste = (event: ClipboardEvent<HTMLDivElement>) => {
    const text = event.clipboardData.getData('text/plain')
    const target = event.target
    if (!(target instanceof HTMLInputElement) || !target.form || !/[\t\n]/.test(text.trimEnd())) return
    const [cell = '', id] = target.name.split('.')
    if (cell !== 'theory' && cell !== 'practical') return
    event.preventDefault()
    const row = rows.findIndex(({ enrolmentId }) => enrolmentId === id)
    const filled = fillResults(text, rows.map(toListed), { row, cell })
    for (const [name, value] of Object.entries(filled.fields)) {
      const field = target.form.elements.namedItem(name)
      if (field instanceof HTMLInputElement || field instanceof HTMLSelectElement) field.value = value
    }
    setHere(filled)
  }
  const answer = here ?? sent
  return (
    <div className="stack" onPaste={paste}>
      {answer && <Filled answer={answer} />}
      {children}
    </div>
  )
}

/** What a paste came to, and which lines could not be filled in. `ofPassed`: the list holds those alone who passed. */
export function Filled({ answer: { count, faults }, ofPassed = false }: { answer: PastedAnswer; ofPassed?: boolean }) {
  const w = useWords(resultsWords).paste
  if (count === 0 && faults.length === 0)
    return (
      <Callout tone="warn" role="alert">
        {w.nothing}
      </Callout>
    )
  return (
    <Callout tone={faults.length > 0 ? 'warn' : 'info'} role="status" title={w.filled(count)}>
      {faults.length > 0 && (
        <>
          <p>{w.left(faults.length)}</p>
          <ul>
            {faults.map(({ line, text, fault }) => (
              <li key={line}>
                {w.line(line, text)}：{w.faults[ofPassed && fault === 'unknown_name' ? 'not_passed' : fault]}
              </li>
            ))}
          </ul>
        </>
      )}
    </Callout>
  )
}

/**
 * Around the form of certificates: what is pasted into one of its cells out of a spreadsheet goes the way of the text area, since a
 * line may say more than the table has cells for.
 */
export function PasteThroughField({ children }: { children: ReactNode }) {
  const paste = (event: ClipboardEvent<HTMLDivElement>) => {
    const text = event.clipboardData.getData('text/plain')
    const { target } = event
    if (!(target instanceof HTMLInputElement) || !target.form || !/[\t\n]/.test(text.trimEnd())) return
    const field = target.form.elements.namedItem('pasted')
    const button = target.form.querySelector<HTMLButtonElement>('button[data-fills]')
    if (!(field instanceof HTMLTextAreaElement) || !button) return
    event.preventDefault()
    field.value = text
    target.form.requestSubmit(button)
  }
  return (
    <div className="stack" onPaste={paste}>
      {children}
    </div>
  )
}

/** The way to paste that needs no JavaScript; its button comes after the form's own, which Enter in a cell presses. */
export function PasteField({ text, intent, how, hint }: { text: string; intent: string; how: string; hint: string }) {
  const w = useWords(resultsWords).paste
  return (
    <details open={text !== ''}>
      <summary>{w.title}</summary>
      <div className="form">
        <p className="soft">{how}</p>
        <TextAreaField name="pasted" label={w.label} hint={hint} isOptional rows={6} defaultValue={text} />
        <div>
          <SubmitButton kind="plain" name="intent" value={intent} data-fills="">
            {w.fill}
          </SubmitButton>
        </div>
      </div>
    </details>
  )
}
