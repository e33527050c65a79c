import type { AcademyChoice } from '#app/features/academies/find.server.ts'
import { SelectField } from '#app/ui/field.tsx'
import { useLocale, useWords } from '#app/ui/locale.tsx'
import { PostForm } from '#app/ui/post-form.tsx'
import { SubmitButton } from '#app/ui/submit-button.tsx'
import { choiceWords } from './choice-words.ts'

/** One of all academies, by city; the empty one is none in particular. */
export function AcademyChoiceForm({
  academies,
  chosen,
  error,
}: {
  academies: readonly AcademyChoice[]
  chosen: string | null
  error?: string
}) {
  const w = useWords(choiceWords)
  const isEnglish = useLocale() === 'en'
  const groups = new Map<string, AcademyChoice[]>()
  for (const academy of academies) {
    const city = (isEnglish ? academy.cityNameEn : academy.cityName) ?? w.noCity
    groups.set(city, [...(groups.get(city) ?? []), academy])
  }
  return (
    <PostForm className="form">
      <SelectField name="academy" label={w.label} defaultValue={chosen ?? ''} error={error}>
        <option value="">{w.none}</option>
        {[...groups].map(([city, some]) => (
          <optgroup key={city} label={city}>
            {some.map(({ code, name }) => (
              <option key={code} value={code}>
                {name}
              </option>
            ))}
          </optgroup>
        ))}
      </SelectField>
      <SubmitButton isWide>{w.save}</SubmitButton>
    </PostForm>
  )
}
