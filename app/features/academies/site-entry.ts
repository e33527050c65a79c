import { formText } from '#app/lib/form-rows.ts'
import { oneLine } from '#app/lib/written.ts'

export type SiteTyped = { name: string; address: string }
export type SiteFault = 'required' | 'too_long' | 'name_taken'

/** What buttons of the page of sites do, besides saving its figures. */
export const SITE_INTENTS = ['add', 'change', 'retire', 'bring_back'] as const
export type SiteIntent = (typeof SITE_INTENTS)[number]

/** What the page showed of a place, as a hidden field. */
export const siteMark = ({ name, address }: SiteTyped): string => JSON.stringify([name, address])

const MOST = { name: 60, address: 200 }

/** A place as its form says it: as long as where a class is opened. */
export function readSite(
  form: FormData,
): { site: SiteTyped } | { faults: { field: keyof SiteTyped; fault: SiteFault }[] } {
  const site = { name: oneLine(formText(form, 'name')), address: oneLine(formText(form, 'address')) }
  const faults = (['name', 'address'] as const).flatMap((field) => {
    const fault: SiteFault | null =
      site[field] === '' ? 'required' : site[field].length > MOST[field] ? 'too_long' : null
    return fault ? [{ field, fault }] : []
  })
  return faults.length > 0 ? { faults } : { site }
}
