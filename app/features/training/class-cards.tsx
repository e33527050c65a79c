import { yearOf } from '#app/lib/calendar.ts'
import { words as dateWords } from '#app/lib/date-words.ts'
import { Card } from '#app/ui/card.tsx'
import { useLocale, useWords } from '#app/ui/locale.tsx'
import { Row, RowMeta, Rows } from '#app/ui/rows.tsx'
import { classPath } from './class-path.ts'
import type { ClassState } from './class-state.ts'
import type { ClassCard } from './classes.server.ts'
import { words } from './words.ts'

/** A list of classes, each leading to its page. */
export function ClassCards({
  classes,
  today,
  hasAcademy = true,
}: {
  classes: readonly ClassCard[]
  today: string
  hasAcademy?: boolean
}) {
  const w = useWords(words)
  const d = useWords(dateWords)
  const locale = useLocale()
  const thisYear = yearOf(today)
  /** Most academies carry their city in their name. */
  const cityOf = ({ academyName, cityName, cityNameEn }: ClassCard) => {
    if (cityName === null || (locale !== 'en' && academyName.startsWith(cityName))) return null
    return (
      <>
        {' · '}
        <span className="nowrap">{locale === 'en' ? cityNameEn : cityName}</span>
      </>
    )
  }
  return (
    <Card>
      <Rows>
        {classes.map((card) => (
          <Row key={card.id} to={classPath(card.academyCode, card.id)} title={card.name}>
            <RowMeta>
              {d.period(card.startsOn, card.endsOn, thisYear)} · {w.modes[card.mode]} · {w.hours(card.plannedHours)}
            </RowMeta>
            {hasAcademy && (
              <RowMeta>
                {card.academyName}
                {cityOf(card)}
              </RowMeta>
            )}
            <RowMeta>
              <b>
                <StateText state={card.state} thisYear={thisYear} />
              </b>
            </RowMeta>
          </Row>
        ))}
      </Rows>
    </Card>
  )
}

/** Whether one may enrol now, in words. */
export function StateText({ state, thisYear }: { state: ClassState; thisYear: number }) {
  const w = useWords(words).state
  const d = useWords(dateWords)
  if (state.is === 'open') return w.open(state.left)
  return state.is === 'not_open_yet' ? w.not_open_yet(d.instant(state.opensAt, thisYear)) : w[state.is]
}
