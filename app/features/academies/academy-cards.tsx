import { Card } from '#app/ui/card.tsx'
import { useLocale, useWords } from '#app/ui/locale.tsx'
import { Row, RowMeta, Rows } from '#app/ui/rows.tsx'
import type { AcademyCard } from './find.server.ts'
import { words } from './public-words.ts'

/** Academies as a list, each leading to its page. */
export function AcademyCards({ academies }: { academies: readonly AcademyCard[] }) {
  const w = useWords(words)
  const locale = useLocale()
  const cityOf = (card: AcademyCard) => (locale === 'en' ? card.cityNameEn : card.cityName) ?? w.list.province
  return (
    <Card>
      <Rows>
        {academies.map((card) => (
          <Row key={card.code} to={`/academies/${card.code}`} title={card.name}>
            <RowMeta>
              {cityOf(card)} · {w.kinds[card.kind]}
            </RowMeta>
          </Row>
        ))}
      </Rows>
    </Card>
  )
}
