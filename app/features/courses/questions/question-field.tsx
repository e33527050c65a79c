import { Choice, ChoiceGroup } from '#app/ui/choice.tsx'
import { Field, TextField } from '#app/ui/field.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { Pick } from '#app/ui/pick.tsx'
import { type Fault, fieldOf, letterOf, type Question } from '../question.ts'
import { words } from './question-words.ts'

type FieldProps = {
  question: Question
  /** 0 for the first. */
  index: number
  /** What was answered before, as in `Answers`. */
  given?: readonly string[]
  /** What is wrong with it; null: nothing, or it was not asked. */
  fault: Fault | null
}

/** A question as fields of the form around it. Every kind works with a thumb, a keyboard and without JavaScript. */
export function QuestionField({ question, index, given = [], fault }: FieldProps) {
  const w = useWords(words)
  const name = fieldOf(question.id)
  const frame = {
    name,
    label: `${index + 1}. ${question.prompt}`,
    error: fault ? w.fault[fault](index + 1) : undefined,
  }
  const typed = { defaultValue: given[0], maxLength: 100, autoComplete: 'off' }
  switch (question.kind) {
    case 'numeric':
      return (
        <Field {...frame} hint={w.typeNumber(question.unit)}>
          {(wiring) => (
            <span className="with-unit">
              <input className="input num" inputMode="decimal" {...typed} {...wiring} />
              <span aria-hidden="true">{question.unit}</span>
            </span>
          )}
        </Field>
      )
    case 'fill_in':
      return <TextField {...frame} hint={w.typeWord} {...typed} autoCapitalize="off" spellCheck={false} />
    case 'ordering':
      return (
        <ChoiceGroup {...frame} hint={w.orderHint}>
          {question.items.map((item, row) => (
            <Pick
              key={item}
              id={`${name}-${row}`}
              name={name}
              label={item}
              empty={w.place}
              defaultValue={given[row]}
              isInvalid={fault === 'twice' && given.filter((place) => place === given[row]).length > 1}
              isNarrow
              options={question.items.map((_, place) => ({ value: String(place + 1), label: String(place + 1) }))}
            />
          ))}
        </ChoiceGroup>
      )
    case 'matching':
      return (
        <ChoiceGroup {...frame} hint={w.matchHint}>
          {question.left.map((left, row) => (
            <Pick
              key={left}
              id={`${name}-${row}`}
              name={name}
              label={left}
              empty={w.choose}
              defaultValue={given[row]}
              options={question.right.map((text, place) => ({ value: letterOf(place), label: lettered(place, text) }))}
            />
          ))}
        </ChoiceGroup>
      )
    default: {
      const isMultiple = question.kind === 'multiple'
      return (
        <ChoiceGroup {...frame} hint={isMultiple ? w.several : undefined}>
          {question.options.map((option) => (
            <Choice
              key={option.id}
              type={isMultiple ? 'checkbox' : 'radio'}
              name={name}
              value={option.id}
              label={option.text}
              defaultChecked={given.includes(option.id)}
            />
          ))}
        </ChoiceGroup>
      )
    }
  }
}

export const lettered = (place: number, text: string) => `${letterOf(place)}. ${text}`
