import { OnceKey } from '#app/features/once/once-key.tsx'
import { ButtonLink } from '#app/ui/button.tsx'
import { Card } from '#app/ui/card.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { PostForm } from '#app/ui/post-form.tsx'
import { ActionBar } from '#app/ui/shell.tsx'
import { SubmitButton } from '#app/ui/submit-button.tsx'
import { ChooseToo } from './choose-too.tsx'
import type { ClassPage } from './class-page-data.ts'
import { DeclareFields } from './declare-fields.tsx'
import type { Declared, TypedDeclared } from './declared.ts'
import { type EligibilityRule, rulesOf } from './eligibility.ts'
import { seatWords } from './seat-words.ts'
import { words } from './words.ts'

/** Said before one enrols: which academy's record the hours go to. */
export function CountsFor({ academy }: { academy: string }) {
  const w = useWords(words)
  return <p className="small soft">{w.own.countsFor(academy)}</p>
}

type EnrolProps = {
  page: ClassPage
  mayChoose: boolean
  formKey: string
  declared: Declared
  typed: TypedDeclared | undefined
  missing: readonly EligibilityRule[]
}

/** A class that asks for nothing is one button at the foot; one that does shows its fields, and the button leads there. */
export function Enrol({ page, mayChoose, formKey, declared, typed, missing }: EnrolProps) {
  const w = useWords(words)
  const s = useWords(seatWords)
  const { academyName: academy, needsApproval, state, waiting } = page
  const rules = rulesOf(page.eligibility)
  const label = needsApproval ? s.ask.request : state.is === 'wait' ? s.ask.wait : w.own.enrol
  const form = (
    <PostForm className="form">
      <OnceKey of={formKey} />
      {rules.length > 0 && <DeclareFields rules={rules} before={declared} typed={typed} missing={missing} />}
      {state.is === 'wait' && <p className="small soft">{s.waitsNow(waiting ?? 0)}</p>}
      {needsApproval && <p className="small soft">{s.needsApproval}</p>}
      <CountsFor academy={academy} />
      {mayChoose && <ChooseToo academy={academy} />}
      <SubmitButton isWide isTall name="intent" value="enrol">
        {label}
      </SubmitButton>
    </PostForm>
  )
  if (rules.length === 0) return <ActionBar>{form}</ActionBar>
  return (
    <>
      <div id="apply" className="section">
        <Card title={s.declare.title}>
          <p className="hint">{s.declare.hint}</p>
          {form}
        </Card>
      </div>
      {missing.length === 0 && (
        <ActionBar>
          <ButtonLink kind="main" isWide isTall to="#apply">
            {label}
          </ButtonLink>
        </ActionBar>
      )}
    </>
  )
}
