import { Button, ButtonLink } from '#app/ui/button.tsx'
import { Card, Section } from '#app/ui/card.tsx'
import { ErrorSummary } from '#app/ui/error-summary.tsx'
import { TextField } from '#app/ui/field.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { PostForm } from '#app/ui/post-form.tsx'
import { SubmitButton } from '#app/ui/submit-button.tsx'
import { type SiteFault, type SiteTyped, siteMark } from './site-entry.ts'
import type { SiteWithRoom } from './site-rooms.server.ts'
import { siteWords } from './site-words.ts'

/** The form of one place: a new one, or another name and address of one that is there, which is retired here too. */
export function SiteForm({
  one,
  typed,
  faults,
}: {
  one: SiteWithRoom | null
  typed: Readonly<Record<string, string>>
  faults: readonly { field: keyof SiteTyped; fault: SiteFault }[]
}) {
  const w = useWords(siteWords)
  const labels = { name: w.siteName, address: w.address }
  const of = (field: keyof SiteTyped) => ({
    name: field,
    label: labels[field],
    defaultValue: typed[field] ?? one?.[field] ?? '',
    error: faults.filter((fault) => fault.field === field).map(({ fault }) => w.faults[fault]),
    autoComplete: 'off',
  })
  return (
    <Card title={one ? w.editOf(one.name) : w.add}>
      <PostForm id="site-form" className="stack" noValidate>
        <ErrorSummary
          errors={faults.map(({ field, fault }) => ({ id: field, message: `${labels[field]}: ${w.faults[fault]}` }))}
        />
        <div className="grid">
          <TextField {...of('name')} maxLength={60} />
          <TextField {...of('address')} hint={one ? `${w.addressHint}。${w.told}` : w.addressHint} maxLength={200} />
        </div>
        {one && <input type="hidden" name="site" value={one.id} />}
        {one && <input type="hidden" name="was" value={typed.was ?? siteMark(one)} />}
        <div className="inline">
          <SubmitButton name="intent" value={one ? 'change' : 'add'}>
            {one ? w.save : w.add}
          </SubmitButton>
          <ButtonLink kind="quiet" to="?">
            {w.back}
          </ButtonLink>
        </div>
        {one && (
          <div className="stack">
            <p className="small soft">{w.retireHint}</p>
            <div>
              <Button type="submit" kind="danger" name="intent" value="retire">
                {w.retire}
              </Button>
            </div>
          </div>
        )}
      </PostForm>
    </Card>
  )
}

/** Places where nothing is planned any more. */
export function RetiredSites({ sites }: { sites: readonly SiteWithRoom[] }) {
  const w = useWords(siteWords)
  if (sites.length === 0) return null
  return (
    <Section title={w.retired}>
      <ul className="stack">
        {sites.map(({ id, name, address }) => (
          <li key={id}>
            <PostForm className="inline">
              <span>
                {name} <small className="soft">{address}</small>
              </span>
              <input type="hidden" name="site" value={id} />
              <Button type="submit" name="intent" value="bring_back" aria-label={w.bringBackOf(name)}>
                {w.bringBack}
              </Button>
            </PostForm>
          </li>
        ))}
      </ul>
    </Section>
  )
}
