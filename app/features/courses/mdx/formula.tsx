import { Children, createElement, type ReactNode } from 'react'
import { useLessonWords } from './lesson-context.tsx'

type MathProps = { display?: string; tabIndex?: number; children?: ReactNode }

/** A formula of its own scrolls where it is wider than a phone, and must do so by keyboard. */
export const MathElement = (props: MathProps) =>
  createElement<MathProps>('math', props.display === 'block' ? { ...props, tabIndex: 0 } : props)

/** A formula with its number, so that the text can name it and lead to it, and below it what each sign means. */
export function Formula({ number = '', children }: { number?: string; children?: ReactNode }) {
  const w = useLessonWords()
  const [formula, ...signs] = Children.toArray(children).filter((child) => child !== '\n')
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms
    <div className="formula" role="group" id={`formula-${number}`} aria-label={w.formula(number)}>
      <div className="formula-line">
        {formula}
        <span>{w.formulaNumber(number)}</span>
      </div>
      {signs.length > 0 && <p className="small muted">{w.where}</p>}
      {signs}
    </div>
  )
}
