import { useWords } from '#app/ui/locale.tsx'
import { PostForm } from '#app/ui/post-form.tsx'
import { SubmitButton } from '#app/ui/submit-button.tsx'
import { locationWords } from './location-words.ts'

/** Whether the class asks for workers' rough positions, for those who may say so. */
export function LocationSetting({ isAsked }: { isAsked: boolean }) {
  const { setting: w } = useWords(locationWords)
  return (
    <details>
      <summary>{w.title}</summary>
      <PostForm className="stack">
        <p className="soft">{isAsked ? w.on : w.off}</p>
        <input type="hidden" name="isAsked" value={isAsked ? 'no' : 'yes'} />
        <div>
          <SubmitButton kind="plain" name="intent" value="location">
            {isAsked ? w.turnOff : w.turnOn}
          </SubmitButton>
        </div>
      </PostForm>
    </details>
  )
}
