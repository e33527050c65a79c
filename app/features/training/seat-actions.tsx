import { OnceKey } from '#app/features/once/once-key.tsx'
import { ButtonLink } from '#app/ui/button.tsx'
import { Card } from '#app/ui/card.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { PostForm } from '#app/ui/post-form.tsx'
import { ActionBar } from '#app/ui/shell.tsx'
import { SubmitButton } from '#app/ui/submit-button.tsx'
import type { ClassPage } from './class-page-data.ts'
import type { Declared, TypedDeclared } from './declared.ts'
import type { EligibilityRule } from './eligibility.ts'
import { CountsFor, Enrol } from './enrol-form.tsx'
import { isHeld } from './seat-rules.ts'
import { seatWords } from './seat-words.ts'
import { words } from './words.ts'

/**
 * The one act that fits a visitor or worker at the foot of a class's page: sign in, enrol or wait, take a seat that is offered, start learning,
 * withdraw (asked twice: the first click only asks). Nothing for staff, and nothing where nothing can be done.
 */
export function SeatActions({
  page,
  who,
  path,
  isLeaving,
  isBarred,
  mayChoose,
  formKey,
  declared,
  typed,
  missing,
}: {
  page: ClassPage
  who: 'visitor' | 'worker' | 'staff'
  /** The page's own address, to come back to after signing in. */
  path: string
  isLeaving: boolean
  /** Something else has to be finished first; the page says what. */
  isBarred: boolean
  /** The worker may take this academy for later courses too, since none is chosen yet. */
  mayChoose: boolean
  /** Of the form that is sent (features/once). */
  formKey: string
  /** What the worker said before, where the class asks for something. */
  declared: Declared
  /** What stood in the form that came back. */
  typed: TypedDeclared | undefined
  /** What the form that came back lacked. */
  missing: readonly EligibilityRule[]
}) {
  const w = useWords(words)
  const s = useWords(seatWords)
  const isOpen = page.state.is === 'open' || page.state.is === 'wait'
  const { own } = page
  const isIn = own !== null && isHeld(own.seat)
  if (who === 'visitor' && isOpen)
    return (
      <ActionBar>
        <CountsFor academy={page.academyName} />
        <ButtonLink kind="main" isWide isTall to={`/sign-in?to=${encodeURIComponent(path)}`}>
          {w.own.signIn}
        </ButtonLink>
      </ActionBar>
    )
  if (who !== 'worker') return null
  if (!isIn)
    return isOpen && !isBarred && own?.seat !== 'rejected' ? (
      <Enrol page={page} mayChoose={mayChoose} formKey={formKey} declared={declared} typed={typed} missing={missing} />
    ) : null
  if (isLeaving && own.mayLeave) return <Leave path={path} seat={own.seat} formKey={formKey} />
  const isOffered = own.seat === 'offered'
  const course = own.seat === 'enrolled' ? page.courseSlug : null
  if (!course && !own.mayLeave) return null
  const leave = isUnseated(own.seat) ? s[own.seat].leave : w.own.leave
  return (
    <ActionBar>
      {course && (
        <ButtonLink kind="main" isWide isTall to={`/courses/${course}`}>
          {w.page.toCourse}
        </ButtonLink>
      )}
      {isOffered && (
        <PostForm>
          <OnceKey of={formKey} />
          <SubmitButton isWide isTall name="intent" value="accept">
            {s.offered.accept}
          </SubmitButton>
        </PostForm>
      )}
      {own.mayLeave && (
        <ButtonLink kind="quiet" isWide to="?leave=1" preventScrollReset>
          {leave}
        </ButtonLink>
      )}
    </ActionBar>
  )
}

const isUnseated = (seat: string): seat is 'requested' | 'waitlisted' | 'offered' =>
  seat === 'requested' || seat === 'waitlisted' || seat === 'offered'

function Leave({ path, seat, formKey }: { path: string; seat: string; formKey: string }) {
  const { own } = useWords(words)
  const s = useWords(seatWords)
  const said = isUnseated(seat) ? s[seat] : { ask: own.leaveAsk, lose: own.leaveText, yes: own.leaveYes }
  return (
    <ActionBar>
      <Card title={said.ask}>
        <PostForm action={path} className="stack">
          <OnceKey of={formKey} />
          <p className="soft">{said.lose}</p>
          <div className="inline">
            <SubmitButton kind="danger" name="intent" value={seat === 'offered' ? 'decline' : 'withdraw'}>
              {said.yes}
            </SubmitButton>
            <ButtonLink to={path} preventScrollReset>
              {isUnseated(seat) ? s.keep : own.leaveNo}
            </ButtonLink>
          </div>
        </PostForm>
      </Card>
    </ActionBar>
  )
}
