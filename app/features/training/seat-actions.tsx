import { ButtonLink } from '#app/ui/button.tsx'
import { Card } from '#app/ui/card.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { PostForm } from '#app/ui/post-form.tsx'
import { ActionBar } from '#app/ui/shell.tsx'
import { SubmitButton } from '#app/ui/submit-button.tsx'
import { ChooseToo } from './choose-too.tsx'
import type { ClassPage } from './class-page.server.ts'
import { isHeld } from './seat-rules.ts'
import { words } from './words.ts'

/**
 * The one act that fits a visitor or worker at the foot of a class's page: sign in, enrol, start learning, withdraw (asked
 * twice: the first click only asks). Nothing for staff, and nothing where nothing can be done.
 */
export function SeatActions({
  page,
  who,
  path,
  isLeaving,
  isBarred,
  mayChoose,
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
}) {
  const w = useWords(words)
  const isOpen = page.state.is === 'open'
  const isEnrolled = page.own !== null && isHeld(page.own.seat)
  const canLeave = isEnrolled && page.own?.withdrawUntil != null
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
  if (!isEnrolled)
    return isOpen && !isBarred && page.own?.seat !== 'rejected' ? (
      <Enrol academy={page.academyName} mayChoose={mayChoose} />
    ) : null
  if (isLeaving && canLeave) return <Leave path={path} />
  if (!page.courseSlug && !canLeave) return null
  return (
    <ActionBar>
      {page.courseSlug && (
        <ButtonLink kind="main" isWide isTall to={`/courses/${page.courseSlug}`}>
          {w.page.toCourse}
        </ButtonLink>
      )}
      {canLeave && (
        <ButtonLink kind="quiet" isWide to="?leave=1" preventScrollReset>
          {w.own.leave}
        </ButtonLink>
      )}
    </ActionBar>
  )
}

/** Said before one enrols: which academy's record the hours go to. */
function CountsFor({ academy }: { academy: string }) {
  const w = useWords(words)
  return <p className="small soft">{w.own.countsFor(academy)}</p>
}

function Enrol({ academy, mayChoose }: { academy: string; mayChoose: boolean }) {
  const w = useWords(words)
  return (
    <ActionBar>
      <PostForm className="form">
        <CountsFor academy={academy} />
        {mayChoose && <ChooseToo academy={academy} />}
        <SubmitButton isWide isTall name="intent" value="enrol">
          {w.own.enrol}
        </SubmitButton>
      </PostForm>
    </ActionBar>
  )
}

function Leave({ path }: { path: string }) {
  const w = useWords(words)
  return (
    <ActionBar>
      <Card title={w.own.leaveAsk}>
        <PostForm action={path} className="stack">
          <p className="soft">{w.own.leaveText}</p>
          <div className="inline">
            <SubmitButton kind="danger" name="intent" value="withdraw">
              {w.own.leaveYes}
            </SubmitButton>
            <ButtonLink to={path} preventScrollReset>
              {w.own.leaveNo}
            </ButtonLink>
          </div>
        </PostForm>
      </Card>
    </ActionBar>
  )
}
