import { words as certificationWords } from '#app/features/certification/words.ts'
import { Empty } from '#app/ui/card.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { Pager } from '#app/ui/navigation.tsx'
import { type Column, Table } from '#app/ui/table.tsx'
import { type FactBehind, isAboutTraining, type ListBehind, type RowBehind } from './behind.ts'
import { behindWords } from './behind-words.ts'
import type { BrandBehind } from './brands.server.ts'
import type { Figure } from './figures.ts'
import { showCount } from './show.ts'

/** The persons (or enrolments) behind a figure, masked, each with what made them count. */
export function PersonsTable({
  list,
  figure,
  year,
  isFirstPage,
}: {
  list: ListBehind
  figure: Figure
  year: number
  isFirstPage: boolean
}) {
  const w = useWords(behindWords)
  if (list.count === 0) return <Empty icon="list">{w.behind.noOne}</Empty>
  const hasDeclared = figure.startsWith('improved')
  const columns: Column<RowBehind>[] = [
    { key: 'name', head: w.behind.name, isRowHead: true, cell: (row) => <span className="nowrap">{row.name}</span> },
    { key: 'document', head: w.behind.document, cell: (row) => <span className="num nowrap">{row.document}</span> },
    {
      key: 'category',
      head: w.behind.category,
      cell: (row) => (row.category ? w.categories[row.category] : w.behind.uncategorised),
    },
    {
      key: 'facts',
      head: w.behind.facts[isAboutTraining(figure) ? 'credit' : 'assessment'],
      label: w.behind.factsLabel,
      cell: (row) => row.facts.map((fact) => <Fact key={keyOf(fact)} fact={fact} hasDeclared={hasDeclared} />),
    },
  ]
  return (
    <Table
      caption={w.behind.caption(w.figures[figure])}
      columns={columns}
      rows={list.rows}
      rowKey={(row) => row.key}
      isCards
      footer={
        <Pager
          summary={w.behind.page(list.rows.length, showCount(list.count))}
          pages={isFirstPage ? [] : [{ to: `?year=${year}`, label: w.behind.first }]}
          next={list.next ? `?year=${year}&after=${list.next}` : null}
        />
      }
    />
  )
}

const keyOf = (fact: FactBehind) => `${fact.classCode} ${fact.kind === 'credit' ? fact.creditedOn : fact.assessedOn}`

function Fact({ fact, hasDeclared }: { fact: FactBehind; hasDeclared: boolean }) {
  const w = useWords(behindWords)
  const certification = useWords(certificationWords)
  const said = fact.kind === 'credit' ? creditInWords(w, fact) : assessmentInWords(w, certification, fact)
  if (hasDeclared) said.push(fact.declaredLevel ? w.behind.declared(w.levels[fact.declaredLevel]) : w.behind.undeclared)
  return (
    <p>
      {fact.className} <span className="muted nowrap">{fact.classCode}</span>
      <br />
      <span className="tiny muted">{[w.modes[fact.mode], ...said].join(' · ')}</span>
    </p>
  )
}

type Words = (typeof behindWords)['zh-CN']

function creditInWords(w: Words, fact: Extract<FactBehind, { kind: 'credit' }>): string[] {
  const { hours, practicalHours, creditedOn } = fact
  const said = [w.behind.creditedOn(creditedOn)]
  if (hours === null) return said
  return [...said, practicalHours === null ? w.behind.hours(hours) : w.behind.practicalHours(hours, practicalHours)]
}

function assessmentInWords(
  w: Words,
  certification: (typeof certificationWords)['zh-CN'],
  fact: Extract<FactBehind, { kind: 'assessment' }>,
): string[] {
  const certificates = fact.certificates.map(({ type, level, status }) =>
    [certification.types[type], level && w.levels[level], status === 'revoked' && w.behind.revoked]
      .filter(Boolean)
      .join(' '),
  )
  if (fact.result === 'passed' && certificates.length === 0) certificates.push(w.behind.noCertificate)
  return [`${fact.assessedOn} ${certification.results[fact.result]}`, ...certificates]
}

/** The brands behind the figure. */
export function BrandsTable({ brands }: { brands: readonly BrandBehind[] }) {
  const w = useWords(behindWords)
  if (brands.length === 0) return <Empty icon="list">{w.behind.noOne}</Empty>
  const columns: Column<BrandBehind>[] = [
    { key: 'name', head: w.behind.brandName, isRowHead: true, cell: (brand) => brand.name },
    { key: 'occupations', head: w.behind.occupations, cell: (brand) => brand.occupations.join(w.behind.comma) },
    {
      key: 'validity',
      head: w.behind.validity,
      cell: (brand) => (
        <span className="num">
          {brand.validFrom} – {brand.validUntil ?? w.behind.openEnd}
        </span>
      ),
    },
  ]
  return (
    <Table
      caption={w.behind.caption(w.figures.brands)}
      columns={columns}
      rows={brands}
      rowKey={(brand) => brand.name}
      isCards
    />
  )
}
