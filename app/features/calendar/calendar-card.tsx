import { words as dateWords } from '#app/lib/date-words.ts'
import { LinkButton } from '#app/ui/button.tsx'
import { Callout } from '#app/ui/callout.tsx'
import { Card } from '#app/ui/card.tsx'
import { TextField } from '#app/ui/field.tsx'
import { KeyValue } from '#app/ui/lists.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { PostForm } from '#app/ui/post-form.tsx'
import { SubmitButton } from '#app/ui/submit-button.tsx'
import { calendarWords } from './calendar-words.ts'

/** A new address, the one time that it is shown, and what to do with it. */
export function NewAddress({ address }: { address: string }) {
  const w = useWords(calendarWords)
  return (
    <Card>
      <div className="stack">
        <Callout tone="met" title={w.once} role="status">
          <p>{w.secret}</p>
        </Callout>
        <LinkButton kind="main" href={address.replace(/^https?:/, 'webcal:')} isWide>
          {w.subscribe}
        </LinkButton>
        <TextField name="feed" label={w.address} defaultValue={address} readOnly />
        <KeyValue
          facts={[
            { label: w.ways.apple, value: w.ways.appleHow },
            { label: w.ways.android, value: w.ways.androidHow },
            { label: w.ways.wechat, value: w.ways.wechatHow },
          ]}
        />
      </div>
    </Card>
  )
}

/** Whether there is an address, and the ways to make and to end one. */
export function FeedState({ madeAt, hasNew }: { madeAt: Date | null; hasNew: boolean }) {
  const w = useWords(calendarWords)
  const { instant } = useWords(dateWords)
  return (
    <Card>
      <div className="stack">
        {!hasNew && <p>{madeAt ? w.made(instant(madeAt)) : w.none}</p>}
        <PostForm className="inline">
          <SubmitButton kind={madeAt ? 'plain' : 'main'} name="intent" value="make">
            {madeAt ? w.makeAgain : w.make}
          </SubmitButton>
          {madeAt && (
            <SubmitButton kind="quiet" name="intent" value="remove">
              {w.remove}
            </SubmitButton>
          )}
        </PostForm>
      </div>
    </Card>
  )
}
