import { levelWords } from '#app/features/training/level-words.ts'
import { Button } from '#app/ui/button.tsx'
import { SelectField, TextField } from '#app/ui/field.tsx'
import { Icon } from '#app/ui/icon.tsx'
import { Link } from '#app/ui/link.tsx'
import { useLocale, useWords } from '#app/ui/locale.tsx'
import { SearchForm } from '#app/ui/post-form.tsx'
import type { Level, Mode } from '#db/values.ts'
import { type CatalogueQuery, catalogueAddress, FACETS, type Facet, LONGEST_TEXT } from './filters.ts'
import type { FacetValue } from './found.ts'
import { words } from './words.ts'

type Facets = Record<Facet, FacetValue[]>

/** What to look for and what to narrow by, in one form: it becomes the address, with or without JavaScript. */
export function CatalogueForm({ query, facets }: { query: CatalogueQuery; facets: Facets }) {
  const w = useWords(words)
  const nameOf = useFacetName()
  const chosen = FACETS.filter((facet) => query[facet] !== null)
  return (
    <SearchForm key={JSON.stringify(query)} action="/courses">
      <div className="search">
        <TextField
          name="q"
          type="search"
          label={w.searchLabel}
          hint={w.searchHint}
          defaultValue={query.text}
          maxLength={LONGEST_TEXT}
          autoComplete="off"
          enterKeyHint="search"
        />
        <Button type="submit" kind="main" icon="search">
          {w.search}
        </Button>
      </div>
      {chosen.length > 0 && (
        <p className="picked">
          {chosen.map((facet) => {
            const name = nameOf(facet, chosenValue(facet, query, facets))
            return (
              <Link key={facet} to={catalogueAddress({ ...query, [facet]: null })} aria-label={w.remove(name)}>
                {name} <Icon name="cross" isSmall />
              </Link>
            )
          })}
        </p>
      )}
      <details>
        <summary>{chosen.length > 0 ? w.chosen(chosen.length) : w.filters}</summary>
        <div className="filters">
          {FACETS.map((facet) => (
            <SelectField
              key={facet}
              name={facet}
              label={w.facets[facet]}
              defaultValue={query[facet] ?? ''}
              options={[
                { value: '', label: w.all },
                ...facets[facet].map((value) => ({
                  value: value.value,
                  label: w.counted(nameOf(facet, value), value.count),
                })),
              ]}
            />
          ))}
          <Button type="submit">{w.apply}</Button>
        </div>
      </details>
    </SearchForm>
  )
}

const chosenValue = (facet: Facet, query: CatalogueQuery, facets: Facets): FacetValue =>
  facets[facet].find(({ value }) => value === query[facet])!

/** What a value to narrow by is called. */
function useFacetName() {
  const w = useWords(words)
  const levels = useWords(levelWords)
  const isEnglish = useLocale() === 'en'
  return (facet: Facet, { value, name, nameEn }: FacetValue): string => {
    if (facet === 'mode') return w.modes[value as Mode]
    if (facet === 'level') return levels[value as Level]
    return (isEnglish && nameEn) || name || value
  }
}
