import { Button } from '#app/ui/button.tsx'
import { SelectField, TextField } from '#app/ui/field.tsx'
import { useLocale, useWords } from '#app/ui/locale.tsx'
import { FilterForm } from '#app/ui/post-form.tsx'
import { ACADEMY_KINDS } from '#db/values.ts'
import { type OverviewView, VERDICT_FILTERS } from './overview-view.ts'
import { overviewWords } from './overview-words.ts'

type Choices = {
  view: OverviewView
  cities: readonly { code: string; name: string; nameEn: string }[]
  sponsors: readonly { id: string; name: string }[]
}

/** Filters of the overview: a form that becomes the address. Year and order travel along. */
export function OverviewFilters({ view, cities, sponsors }: Choices) {
  const w = useWords(overviewWords)
  const isEnglish = useLocale() === 'en'
  const all = { value: '', label: w.all }
  return (
    <FilterForm key={JSON.stringify(view)}>
      <input type="hidden" name="year" value={view.year} />
      <input type="hidden" name="span" value={view.span} />
      <input type="hidden" name="sort" value={view.sort} />
      <input type="hidden" name="dir" value={view.dir} />
      <TextField name="q" type="search" label={w.q} defaultValue={view.q} maxLength={60} />
      {cities.length > 1 && (
        <SelectField
          name="city"
          label={w.city}
          defaultValue={view.city ?? ''}
          options={[
            all,
            ...cities.map(({ code, name, nameEn }) => ({ value: code, label: isEnglish ? nameEn : name })),
          ]}
        />
      )}
      {sponsors.length > 1 && (
        <SelectField
          name="sponsor"
          label={w.sponsor}
          defaultValue={view.sponsor ?? ''}
          options={[all, ...sponsors.map(({ id, name }) => ({ value: id, label: name }))]}
        />
      )}
      <SelectField
        name="kind"
        label={w.kind}
        defaultValue={view.kind ?? ''}
        options={[all, ...ACADEMY_KINDS.map((kind) => ({ value: kind, label: w.kinds[kind] }))]}
      />
      <SelectField
        name="verdict"
        label={w.verdict}
        defaultValue={view.verdict ?? ''}
        options={[all, ...VERDICT_FILTERS.map((filter) => ({ value: filter, label: w.verdictFilters[filter] }))]}
      />
      <Button type="submit" icon="search">
        {w.filter}
      </Button>
    </FilterForm>
  )
}

/** By what a printed list was narrowed: on a screen the form itself says so. */
export function OverviewNarrowed({ view, cities, sponsors }: Choices) {
  const w = useWords(overviewWords)
  const isEnglish = useLocale() === 'en'
  const city = cities.find(({ code }) => code === view.city)
  const sponsor = sponsors.find(({ id }) => id === view.sponsor)
  const said = [
    view.q && w.narrowedBy(w.q, view.q),
    city && w.narrowedBy(w.city, isEnglish ? city.nameEn : city.name),
    sponsor && w.narrowedBy(w.sponsor, sponsor.name),
    view.kind && w.narrowedBy(w.kind, w.kinds[view.kind]),
    view.verdict && w.narrowedBy(w.verdict, w.verdictFilters[view.verdict]),
  ].filter(Boolean)
  return said.length === 0 ? null : <p className="paper-only">{w.narrowed(said.join(w.narrowedStop))}</p>
}
