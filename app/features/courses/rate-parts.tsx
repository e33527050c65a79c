import { ButtonLink } from '#app/ui/button.tsx'
import { Choice, ChoiceGroup } from '#app/ui/choice.tsx'
import { Draft } from '#app/ui/draft.tsx'
import { TextAreaField } from '#app/ui/field.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { PostForm } from '#app/ui/post-form.tsx'
import { SubmitButton } from '#app/ui/submit-button.tsx'
import { rateWords } from './rate-words.ts'
import {
  type Average,
  LONGEST_COMMENT,
  type OwnRating,
  type RatingRefusal,
  ratePath,
  SCORES,
  type Score,
  shownTenths,
} from './ratings.ts'

/** A rating that came back, with what was chosen and typed. */
export type ReturnedRating = { reason: RatingRefusal; score: string; comment: string }

/** One choice of five and perhaps a sentence. */
export function RateForm({
  course,
  own,
  returned,
}: {
  course: string
  own: OwnRating | null
  returned: ReturnedRating | null
}) {
  const w = useWords(rateWords)
  const chosen = returned?.score ?? String(own?.score ?? '')
  return (
    <PostForm className="form" noValidate key={`${chosen} ${own?.comment}`}>
      <ChoiceGroup name="score" label={w.score} error={returned?.reason === 'score' ? w.refusals.score : undefined}>
        {SCORES.map((score) => (
          <Choice
            key={score}
            type="radio"
            name="score"
            value={String(score)}
            label={`${score}　${w.scores[score]}`}
            defaultChecked={chosen === String(score)}
          />
        ))}
      </ChoiceGroup>
      <TextAreaField
        name="comment"
        label={w.comment}
        hint={w.commentHint(LONGEST_COMMENT)}
        error={returned && returned.reason !== 'score' ? w.refusals[returned.reason] : null}
        defaultValue={returned?.comment ?? own?.comment ?? ''}
        isOptional
        rows={4}
      />
      <Draft of="comment" name={`rating ${course}`} saved={own?.comment ? [own.comment] : NOTHING} />
      <SubmitButton isWide isTall>
        {own ? w.change : w.save}
      </SubmitButton>
    </PostForm>
  )
}

/** An average with the number of ratings behind it. */
export function Satisfaction({ tenths, ratings }: Average) {
  return <>{useWords(rateWords).average(shownTenths(tenths), ratings)}</>
}

/** At the end of a course: the way to rate it, or to change what one said. */
export function RateLink({ course, ownScore }: { course: string; ownScore: Score | null }) {
  const w = useWords(rateWords)
  return (
    <ButtonLink to={ratePath(course)} isWide>
      {ownScore ? w.rated(w.scores[ownScore]) : w.rate}
    </ButtonLink>
  )
}

const NOTHING: readonly string[] = []
