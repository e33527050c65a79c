import type { ChosenAcademy } from '#app/features/training/academy-choice.server.ts'
import { choiceWords } from '#app/features/training/choice-words.ts'
import { ChooseToo } from '#app/features/training/choose-too.tsx'
import { classPath } from '#app/features/training/class-path.ts'
import { words as dates } from '#app/lib/date-words.ts'
import { ButtonLink } from '#app/ui/button.tsx'
import { Card, Section } from '#app/ui/card.tsx'
import { Link } from '#app/ui/link.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { PostForm } from '#app/ui/post-form.tsx'
import { SubmitButton } from '#app/ui/submit-button.tsx'
import { Attribution } from './attribution.tsx'
import { offerWords } from './offer-words.ts'
import { firstOffer, type OnlineClass } from './online-class.ts'
import { OnlineClassRows } from './online-classes.tsx'
import { PrerequisiteList } from './prerequisite-list.tsx'
import type { Prerequisite } from './prerequisites.server.ts'
import { words } from './words.ts'

type Offers = {
  /** Who made the course. */
  madeBy: string
  classes: OnlineClass[]
  prerequisites: readonly Prerequisite[]
  /** The learner's choice; null: none, or nobody who chooses. */
  academy: ChosenAcademy | null
  who: 'visitor' | 'learner' | 'staff'
  /** The course's address, to come back to after signing in. */
  path: string
}

/** The online classes of a course: the one to join first, with the academy it counts for; the others behind it. */
export function CourseOffers({ madeBy, classes, prerequisites, academy, who, path }: Offers) {
  const w = useWords(offerWords)
  const t = useWords(choiceWords)
  const offer = firstOffer(classes)
  const others = classes.filter((one) => one.classId !== offer?.classId)
  const isBarred = who === 'learner' && prerequisites.some(({ isDone }) => !isDone)
  const isJoined = classes.some(({ isEnrolled }) => isEnrolled)
  return (
    <Section title={w.title}>
      <div className="stack">
        <p className="soft small">
          {classes.length === 0 ? w.none : offer || isJoined ? w.lead : w.closed}
          {academy && offer && !offer.isChosen && <> {w.notOffered(academy.name)}</>}
        </p>
        {!isJoined && prerequisites.length > 0 && (isBarred || who !== 'learner') && (
          <PrerequisiteList prerequisites={prerequisites} />
        )}
        {offer && (
          <FirstOffer
            offer={offer}
            madeBy={madeBy}
            who={who}
            path={path}
            isBarred={isBarred}
            hasChosen={academy !== null}
          />
        )}
        {who === 'learner' && offer && (
          <p className="small">
            <Link to={`/me/academy?to=${encodeURIComponent(path)}`}>{academy ? t.change : t.choose}</Link>
          </p>
        )}
        {others.length > 0 && (
          <Others classes={others} isOpen={offer === null}>
            {w.others(others.length)}
          </Others>
        )}
      </div>
    </Section>
  )
}

function FirstOffer({
  offer,
  madeBy,
  who,
  path,
  isBarred,
  hasChosen,
}: { offer: OnlineClass; isBarred: boolean; hasChosen: boolean } & Pick<Offers, 'madeBy' | 'who' | 'path'>) {
  const w = useWords(offerWords)
  const c = useWords(words)
  const d = useWords(dates)
  const toClass = classPath(offer.academyCode, offer.classId)
  return (
    <Card title={w.countsFor(offer.academyName)} eyebrow={offer.isChosen ? w.chosen : undefined} eyebrowIcon="school">
      <div className="stack">
        <p className="soft small">
          {offer.name} · {c.until(d.day(offer.endsOn))}
        </p>
        <Attribution {...offer} madeBy={madeBy} isSaidAbove />
        {who === 'visitor' && (
          <ButtonLink to={`/sign-in?to=${encodeURIComponent(path)}`} isWide>
            {w.signIn}
          </ButtonLink>
        )}
        {who === 'learner' && !isBarred && (
          <PostForm action={toClass} className="form">
            {!hasChosen && <ChooseToo academy={offer.academyName} />}
            <SubmitButton kind="plain" isWide name="intent" value="enrol">
              {w.enrol}
            </SubmitButton>
          </PostForm>
        )}
        {who === 'staff' && (
          <ButtonLink to={toClass} isWide>
            {c.seeClass}
          </ButtonLink>
        )}
      </div>
    </Card>
  )
}

/** Joined ones, or where nothing is offered first, stand open; alternatives are one tap away. */
function Others({ classes, isOpen, children }: { classes: OnlineClass[]; isOpen: boolean; children: string }) {
  const rows = (
    <Card>
      <OnlineClassRows classes={classes} />
    </Card>
  )
  if (isOpen) return rows
  return (
    <details>
      <summary>{children}</summary>
      {rows}
    </details>
  )
}
