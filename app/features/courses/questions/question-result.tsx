import { Fragment, type ReactNode } from 'react'
import { AnswerLine } from '#app/ui/answer-line.tsx'
import { Choice, ChoiceGroup } from '#app/ui/choice.tsx'
import { useWords } from '#app/ui/locale.tsx'
import type { ShownMark } from '../marking.ts'
import { letterOf, type Question } from '../question.ts'
import { lettered } from './question-field.tsx'
import { words } from './question-words.ts'

type Of<K extends Question['kind']> = { question: Extract<Question, { kind: K }>; mark: ShownMark }

const verdictOf = (isRight: boolean) => (isRight ? 'right' : 'wrong')

/** A question after marking: what was answered, whether it is right, and, as far as they are shown, what is right and why. */
export function QuestionResult({ question, index, mark }: { question: Question; index: number; mark: ShownMark }) {
  const w = useWords(words)
  return (
    <ChoiceGroup name={`marked-${question.id}`} label={`${index + 1}. ${question.prompt}`}>
      <Answered question={question} mark={mark} />
      {mark.why !== null && (
        <p className="soft">
          <b>{w.why}</b>　{mark.why}
        </p>
      )}
    </ChoiceGroup>
  )
}

function Answered({ question, mark }: { question: Question; mark: ShownMark }) {
  const w = useWords(words)
  const isBlank = mark.given.every((value) => value === '')
  const blank = isBlank && (
    <AnswerLine verdict="wrong" verdictWord={w.notAnswered}>
      {null}
    </AnswerLine>
  )
  switch (question.kind) {
    case 'numeric':
    case 'fill_in':
      return blank || <Typed question={question} mark={mark} />
    case 'ordering':
      return blank || <Ordered question={question} mark={mark} />
    case 'matching':
      return blank || <Matched question={question} mark={mark} />
    default:
      return (
        <>
          {blank}
          <Chosen question={question} mark={mark} />
        </>
      )
  }
}

function Chosen({ question, mark: { id, given, right, isRight } }: Of<'single' | 'multiple' | 'true_false'>) {
  const w = useWords(words)
  const isMultiple = question.kind === 'multiple'
  const wordOf = (option: string): { verdict?: 'right' | 'wrong'; word?: string } => {
    const isGiven = given.includes(option)
    if (right?.includes(option)) return { verdict: 'right', word: isGiven ? w.yourRight : w.rightAnswer }
    if (!isGiven) return {}
    // Which of several was the mistake would tell the rest.
    if (!right && isMultiple && !isRight) return { verdict: 'wrong', word: w.yours }
    return { verdict: verdictOf(isRight && !right), word: isRight && !right ? w.yourRight : w.yourWrong }
  }
  return question.options.map((option) => {
    const { verdict, word } = wordOf(option.id)
    return (
      <Choice
        key={option.id}
        type={isMultiple ? 'checkbox' : 'radio'}
        name={`marked-${id}`}
        label={option.text}
        checked={given.includes(option.id)}
        disabled
        readOnly
        verdict={verdict}
        verdictWord={word}
      />
    )
  })
}

function Typed({ question, mark }: Of<'numeric' | 'fill_in'>) {
  const w = useWords(words)
  const { given, right, isRight, tolerance = '0' } = mark
  const unit = question.kind === 'numeric' && question.unit ? ` ${question.unit}` : ''
  const [answer = ''] = right ?? []
  const said = tolerance === '0' ? answer + unit : w.within(answer + unit, tolerance + unit)
  return (
    <>
      <AnswerLine verdict={verdictOf(isRight)} verdictWord={isRight ? w.typedRight : w.typedWrong}>
        {given[0]}
      </AnswerLine>
      {right && !isRight && (
        <AnswerLine verdict="right" verdictWord={w.rightAnswer}>
          {question.kind === 'numeric' ? said : w.orEqually(right)}
        </AnswerLine>
      )}
    </>
  )
}

/** In the right order, each with the place that it was given; where that is kept back, in the order that was given. */
function Ordered({ question, mark: { given, right, isRight } }: Of<'ordering'>) {
  const w = useWords(words)
  const order = right ?? given
  const lines = question.items
    .map((item, row) => ({ item, place: order[row] ?? '', given: given[row] ?? '' }))
    .sort((one, other) => Number(one.place || 99) - Number(other.place || 99))
  if (!right) return <Whole isRight={isRight}>{lines.map((line) => `${line.place || '—'}. ${line.item}`)}</Whole>
  return lines.map((line) => (
    <AnswerLine
      key={line.item}
      verdict={verdictOf(line.given === line.place)}
      verdictWord={line.given ? w.yourPlace(line.given) : w.notAnswered}
    >
      {line.place}. {line.item}
    </AnswerLine>
  ))
}

function Matched({ question, mark: { given, right, isRight } }: Of<'matching'>) {
  const w = useWords(words)
  const textOf = (letter: string) => {
    const place = question.right.findIndex((_, index) => letterOf(index) === letter)
    return place < 0 ? w.notAnswered : lettered(place, question.right[place] ?? '')
  }
  const pairs = question.left.map((left, row) => ({ left, given: given[row] ?? '', right: right?.[row] }))
  if (!right) return <Whole isRight={isRight}>{pairs.map((pair) => `${pair.left} → ${textOf(pair.given)}`)}</Whole>
  return pairs.map((pair) => {
    const isOne = pair.given === pair.right
    return (
      <Fragment key={pair.left}>
        <AnswerLine verdict={verdictOf(isOne)} verdictWord={isOne ? w.yourRight : w.yourWrong}>
          {pair.left} → {textOf(pair.given)}
        </AnswerLine>
        {!isOne && (
          <AnswerLine verdict="right" verdictWord={w.rightAnswer}>
            {pair.left} → {textOf(pair.right ?? '')}
          </AnswerLine>
        )}
      </Fragment>
    )
  })
}

/** An answer that is right or wrong as a whole. */
function Whole({ isRight, children }: { isRight: boolean; children: ReactNode[] }) {
  const w = useWords(words)
  return (
    <AnswerLine verdict={verdictOf(isRight)} verdictWord={isRight ? w.right : w.wrong}>
      <ul className="quiet">
        {children.map((line) => (
          <li key={String(line)}>{line}</li>
        ))}
      </ul>
    </AnswerLine>
  )
}
