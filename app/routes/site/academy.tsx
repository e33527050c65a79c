import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { findAcademyPage } from '#app/features/academies/find.server.ts'
import { words } from '#app/features/academies/public-words.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { optionalViewer } from '#app/features/accounts/guard.server.ts'
import { ClassCards } from '#app/features/training/class-cards.tsx'
import { listClassCards } from '#app/features/training/classes.server.ts'
import { shanghaiDate, yearOf } from '#app/lib/calendar.ts'
import { notFound } from '#app/lib/http.ts'
import { Chip } from '#app/ui/badge.tsx'
import { Card, Section } from '#app/ui/card.tsx'
import { Link } from '#app/ui/link.tsx'
import { KeyValue } from '#app/ui/lists.tsx'
import { useLocale, useWords } from '#app/ui/locale.tsx'
import { PageHead } from '#app/ui/page-head.tsx'
import type { ShellHandle } from '../shell/handle.ts'
import { head, pageLocale } from '../shell/title.ts'

export const handle: ShellHandle = {
  top: ({ locale }) => ({ back: '/academies', title: words[locale].page.back }),
}

export const meta: MetaFunction<typeof loader> = (args) => {
  if (!args.data) return []
  const locale = pageLocale(args)
  const w = words[locale]
  const { name, kind, sponsor } = args.data.academy
  return head(locale, name, w.page.about({ name, kind: w.kinds[kind], sponsor }))
}

/** Open to everyone: what the academy is and offers; no figures. */
export async function loader({ params, context }: LoaderFunctionArgs) {
  const now = new Date()
  const today = shanghaiDate(now)
  const code = params.academy ?? ''
  return as(optionalViewer({ context }), async (tx) => {
    const academy = await findAcademyPage(tx, { code, today, year: yearOf(today) })
    if (!academy) throw notFound('academy')
    const { classes } = await listClassCards(tx, { filters: { academy: code }, after: null, limit: 60, now })
    return { academy, classes, today }
  })
}

export default function Academy() {
  const w = useWords(words)
  const isEnglish = useLocale() === 'en'
  const { academy, classes, today } = useLoaderData<typeof loader>()
  const { designation, brands, sites } = academy
  const city = (isEnglish ? academy.cityNameEn : academy.cityName) ?? w.list.province
  const online = classes.filter((card) => card.mode === 'online')
  const onSite = classes.filter((card) => card.mode !== 'online' && card.state.is === 'open')
  return (
    <>
      <PageHead
        above={
          <>
            <Chip>{w.kinds[academy.kind]}</Chip>{' '}
            {designation && <Chip>{w.page.provincial(w.page.years(designation.from, designation.until))}</Chip>}
          </>
        }
        title={academy.name}
        meta={`${city} · ${w.page.sponsor(academy.sponsor)}`}
      />
      <Section title={w.page.classes} aside={<Link to={`/classes?academy=${academy.code}`}>{w.page.allClasses}</Link>}>
        {onSite.length > 0 ? (
          <ClassCards classes={onSite} today={today} hasAcademy={false} />
        ) : (
          <p className="soft">{w.page.noClasses}</p>
        )}
      </Section>
      <Section title={w.page.online}>
        {online.length > 0 ? (
          <ClassCards classes={online} today={today} hasAcademy={false} />
        ) : (
          <p className="soft">{w.page.noOnline}</p>
        )}
      </Section>
      <Section title={w.page.brands}>
        {brands.length > 0 ? (
          <Card>
            <KeyValue facts={brands.map(({ name, occupations }) => ({ label: name, value: occupations.join('、') }))} />
          </Card>
        ) : (
          <p className="soft">{w.page.noBrands}</p>
        )}
      </Section>
      {sites.length > 0 && (
        <Section title={w.page.sites}>
          <Card>
            <KeyValue facts={sites.map(({ name, address }) => ({ label: name, value: address }))} />
          </Card>
        </Section>
      )}
    </>
  )
}
