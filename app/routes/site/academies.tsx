import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { AcademyCards } from '#app/features/academies/academy-cards.tsx'
import { listAcademies, listCityChoices } from '#app/features/academies/find.server.ts'
import { words } from '#app/features/academies/public-words.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { optionalViewer } from '#app/features/accounts/guard.server.ts'
import { Button, ButtonLink } from '#app/ui/button.tsx'
import { Empty } from '#app/ui/card.tsx'
import { SelectField } from '#app/ui/field.tsx'
import { useLocale, useWords } from '#app/ui/locale.tsx'
import { Pager } from '#app/ui/navigation.tsx'
import { PageHead } from '#app/ui/page-head.tsx'
import { FilterForm } from '#app/ui/post-form.tsx'
import { pageTitle } from '../shell/title.ts'

const PAGE = 60

export const meta: MetaFunction = (args) =>
  pageTitle(
    args,
    words,
    (w) => w.list.title,
    (w) => w.list.about,
  )

/** Open to everyone. `city` filters, `after` is the last academy of the page before. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const search = new URL(request.url).searchParams
  const [chosen, after] = [search.get('city') || null, search.get('after')]
  return as(optionalViewer({ context }), async (tx) => {
    const [cities, list] = await Promise.all([
      listCityChoices(tx),
      listAcademies(tx, { city: chosen, after, limit: PAGE }),
    ])
    return { ...list, cities, chosen, isFirst: after === null }
  })
}

export default function Academies() {
  const w = useWords(words).list
  const isEnglish = useLocale() === 'en'
  const { academies, hasMore, cities, chosen, isFirst } = useLoaderData<typeof loader>()
  const ofCity = chosen ? `city=${encodeURIComponent(chosen)}` : ''
  const options = cities.map(({ code, name, nameEn }) => ({ value: code, label: isEnglish ? nameEn : name }))
  return (
    <>
      <PageHead title={w.title} meta={w.lead} />
      <div className="stack">
        <FilterForm>
          <SelectField
            key={chosen}
            name="city"
            label={w.city}
            defaultValue={chosen ?? ''}
            options={[{ value: '', label: w.all }, ...options]}
          />
          <Button type="submit">{w.show}</Button>
        </FilterForm>
        {academies.length === 0 ? (
          <Empty icon="school" action={<ButtonLink to="/academies">{w.reset}</ButtonLink>}>
            {w.empty}
          </Empty>
        ) : (
          <AcademyCards academies={academies} />
        )}
      </div>
      {(hasMore || !isFirst) && (
        <Pager
          summary={w.shown(academies.length, hasMore)}
          previous={isFirst ? null : `?${ofCity}`}
          next={hasMore ? `?${ofCity}&after=${academies.at(-1)?.code}` : null}
        />
      )}
    </>
  )
}
