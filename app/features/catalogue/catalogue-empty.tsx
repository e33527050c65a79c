import { ButtonLink } from '#app/ui/button.tsx'
import { Card, Empty, Section } from '#app/ui/card.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { Row, RowMeta, Rows } from '#app/ui/rows.tsx'
import { type CatalogueQuery, catalogueAddress, isNarrowed } from './filters.ts'
import { words } from './words.ts'

export type Elsewhere = {
  /** How many there are without the filters. */
  unnarrowed: number
  /** Occupations that have most. */
  occupations: { value: string; name: string | null; count: number }[]
}

/** Nothing was found: what would be, one tap away. */
export function CatalogueEmpty({ query, elsewhere }: { query: CatalogueQuery; elsewhere: Elsewhere }) {
  const w = useWords(words)
  const { empty } = w
  const isWide = isNarrowed(query) && elsewhere.unnarrowed > 0
  const all = { mode: null, occupation: null, level: null, city: null, academy: null }
  return (
    <>
      <Empty
        icon="search"
        action={
          isWide ? (
            <ButtonLink kind="main" to={catalogueAddress({ ...query, ...all })}>
              {empty.unnarrowed(elsewhere.unnarrowed)}
            </ButtonLink>
          ) : (
            <ButtonLink to="/courses">{empty.reset}</ButtonLink>
          )
        }
      >
        {isWide || !query.text ? (isNarrowed(query) ? empty.narrowed : empty.nothing) : empty.text(query.text)}
        {query.text && !isWide && (
          <>
            <br />
            {empty.shorter}
          </>
        )}
      </Empty>
      {elsewhere.occupations.length > 0 && (
        <Section title={empty.occupations}>
          <Card>
            <Rows>
              {elsewhere.occupations.map(({ value, name, count }) => (
                <Row key={value} to={catalogueAddress({ text: '', ...all, occupation: value })} title={name ?? value}>
                  <RowMeta>{w.found(count, '')}</RowMeta>
                </Row>
              ))}
            </Rows>
          </Card>
        </Section>
      )}
    </>
  )
}
