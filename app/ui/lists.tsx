import { Fragment, type ReactNode } from 'react'
import { Icon, type IconName } from './icon.tsx'
import { useWords } from './locale.tsx'
import { words } from './words.ts'

export interface Fact {
  label: string
  value: ReactNode
  icon?: IconName
}

/** Questions and answers about one thing; icons only where every fact has one. */
export function KeyValue({ facts }: { facts: readonly Fact[] }) {
  return (
    <dl className={facts.some((fact) => fact.icon) ? 'facts facts-icons' : 'facts'}>
      {facts.map((fact) => (
        <div key={fact.label}>
          <dt>
            {fact.icon && <Icon name={fact.icon} />}
            {fact.label}
          </dt>
          <dd>{fact.value}</dd>
        </div>
      ))}
    </dl>
  )
}

export interface Step {
  title: string
  state: 'done' | 'now' | 'ahead'
  /** At the right end: a date, what is missing. */
  aside?: ReactNode
  note?: ReactNode
}

/** The way to a goal: what is done, where one stands, what is ahead. */
export function Steps({ steps }: { steps: readonly Step[] }) {
  const w = useWords(words)
  const said = { done: w.done, now: w.now, ahead: '' }
  return (
    <ol className="steps">
      {steps.map((step, index) => (
        <li
          key={step.title}
          className={step.state === 'ahead' ? undefined : `is-${step.state}`}
          aria-current={step.state === 'now' ? 'step' : undefined}
        >
          <span className="step-dot" aria-hidden="true">
            {step.state === 'done' ? <Icon name="check" /> : index + 1}
          </span>
          <h3>
            {step.title}
            {said[step.state] && <span className="vh">（{said[step.state]}）</span>}
          </h3>
          {step.aside ? <span className="step-state">{step.aside}</span> : <Fragment />}
          {step.note && <p>{step.note}</p>}
        </li>
      ))}
    </ol>
  )
}

/** The steps of a form of several pages in one line, above the page; no headings of their own. */
export function StepLine({ label, steps }: { label: string; steps: readonly Pick<Step, 'title' | 'state'>[] }) {
  const w = useWords(words)
  const said = { done: w.done, now: w.now, ahead: '' }
  return (
    <ol className="step-line" aria-label={label}>
      {steps.map(({ title, state }, index) => (
        <li
          key={title}
          className={state === 'ahead' ? undefined : `is-${state}`}
          aria-current={state === 'now' ? 'step' : undefined}
        >
          <span className="step-dot" aria-hidden="true">
            {state === 'done' ? <Icon name="check" /> : index + 1}
          </span>
          <span>
            {title}
            {said[state] && <span className="vh">（{said[state]}）</span>}
          </span>
        </li>
      ))}
    </ol>
  )
}
