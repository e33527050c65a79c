import type { Locale } from '#app/lib/i18n.ts'
import { memo } from '#app/lib/memo.ts'
import { finish } from '#app/ui/finish.server.tsx'
import { AcademyFigures } from './academy-figures.tsx'
import type { AcademyPage } from './academy-page.server.ts'

const remembered = memo<Uint8Array>(200)

/** An academy's figures, shown; what was shown of the same ones before is shown again. */
export const showAcademyFigures = (page: AcademyPage, locale: Locale): Uint8Array =>
  remembered(locale + JSON.stringify(page), () => finish(<AcademyFigures page={page} />, locale))
