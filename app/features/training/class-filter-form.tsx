import { Button } from '#app/ui/button.tsx'
import { SelectField } from '#app/ui/field.tsx'
import { useLocale, useWords } from '#app/ui/locale.tsx'
import { FilterForm } from '#app/ui/post-form.tsx'
import { MODES } from '#db/values.ts'
import type { ClassFilters } from './class-filters.ts'
import { words } from './words.ts'

/** Filters above the list of classes; what is chosen becomes the address. */
export function ClassFilterForm({
  filters,
  cities,
  occupations,
  isOffline = false,
}: {
  filters: ClassFilters
  cities: readonly { code: string; name: string; nameEn: string }[]
  occupations: readonly { code: string; name: string }[]
  /** Of a list without online classes. */
  isOffline?: boolean
}) {
  const { list: w, modes } = useWords(words)
  const isEnglish = useLocale() === 'en'
  const all = { value: '', label: w.all }
  return (
    <FilterForm key={JSON.stringify(filters)}>
      <SelectField
        name="city"
        label={w.city}
        defaultValue={filters.city ?? ''}
        options={[all, ...cities.map((city) => ({ value: city.code, label: isEnglish ? city.nameEn : city.name }))]}
      />
      <SelectField
        name="mode"
        label={w.mode}
        defaultValue={filters.mode ?? ''}
        options={[
          all,
          ...MODES.filter((mode) => !isOffline || mode !== 'online').map((mode) => ({
            value: mode,
            label: modes[mode],
          })),
        ]}
      />
      <SelectField
        name="occupation"
        label={w.occupation}
        defaultValue={filters.occupation ?? ''}
        options={[all, ...occupations.map(({ code, name }) => ({ value: code, label: name }))]}
      />
      {filters.academy && <input type="hidden" name="academy" value={filters.academy} />}
      <Button type="submit">{w.show}</Button>
    </FilterForm>
  )
}
