import type { ReactNode } from 'react'
import { findEntry, type GlossaryEntry } from '../content/glossary.ts'
import { useLesson, useLessonWords } from './lesson-context.tsx'

/**
 * A word of the trade in a sentence: a link to its explanation at the lesson's end, which needs neither a mouse that hovers
 * nor a script. On a screen the style sheet shows what a link leads to as a sheet over the page. `place`: the how-manieth.
 */
export const Term = ({ place, children }: { name?: string; place?: string; children?: ReactNode }) => (
  <a className="term" id={`term-${place}-text`} href={`#term-${place}`}>
    {children}
  </a>
)

/** The explanations of the words that a lesson marks, in the order of the text. */
export function Glossary({ entries }: { entries: readonly GlossaryEntry[] }) {
  const w = useLessonWords()
  return (
    <section className="glossary" aria-labelledby="terms">
      <h2 id="terms">{w.terms}</h2>
      <dl>
        {entries.map(({ term, term_en, also, text }, index) => (
          <div key={term} id={`term-${index + 1}`} tabIndex={-1}>
            <dt>
              <dfn>{term}</dfn>
              {term_en && <span lang="en">{term_en}</span>}
            </dt>
            <dd>
              {text}
              {also.length > 0 && <p className="small muted">{w.alsoCalled(also)}</p>}
              <a href={`#term-${index + 1}-text`}>{w.backToText}</a>
            </dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

/** The entries of the names that a lesson marks, in the same order; the guard saw that each is there, and once. */
export function useEntries(names: readonly string[]): GlossaryEntry[] {
  const { glossary } = useLesson()
  return names.map((name) => findEntry(glossary, name)).filter((entry) => entry !== undefined)
}
