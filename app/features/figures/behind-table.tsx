import { words as certificationWords } from '#app/features/certification/words.ts'
import { Empty } from '#app/ui/card.tsx'
import { Link } from '#app/ui/link.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { Pager } from '#app/ui/navigation.tsx'
import { type Column, Table } from '#app/ui/table.tsx'
import { type FactBehind, isAboutTraining, type ListBehind, type RowBehind } from './behind.ts'
import { isNarrowed, type Narrowing, writeNarrowing } from './behind-narrow.ts'
import { behindWords } from './behind-words.ts'
import type { BrandBehind } from './brands.server.ts'
import { assessmentInWords, creditInWords } from './fact-say.ts'
import type { Figure } from './figures.ts'
import { showCount } from './show.ts'

/** The persons (or enrolments) behind a figure, masked, each with what made them count. */
export function PersonsTable({
  list,
  figure,
  year,
  narrowing,
  academyCode,
  isFirstPage,
}: {
  list: ListBehind
  figure: Figure
  year: number
  narrowing: Narrowing
  academyCode: string
  isFirstPage: boolean
}) {
  const w = useWords(behindWords)
  if (list.count === 0 && isNarrowed(narrowing))
    return (
      <Empty icon="list" action={<Link to={`?year=${year}`}>{w.behind.whole}</Link>}>
        {w.behind.noneLeft}
      </Empty>
    )
  if (list.count === 0) return <Empty icon="list">{w.behind.noOne}</Empty>
  const address = `?year=${year}${writeNarrowing(narrowing)}`
  const hasDeclared = figure.startsWith('improved')
  const columns: Column<RowBehind>[] = [
    {
      key: 'name',
      head: w.behind.name,
      isRowHead: true,
      cell: (row) => (
        <Link className="nowrap" to={`/academies/${academyCode}/persons/${row.personId}?year=${year}`}>
          {row.name}
        </Link>
      ),
    },
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
      cell: (row) => row.facts.map((fact) => <Fact key={keyOf(fact)} {...{ fact, hasDeclared, year }} />),
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
          pages={isFirstPage ? [] : [{ to: address, label: w.behind.first }]}
          next={list.next ? `${address}&after=${list.next}` : null}
        />
      }
    />
  )
}

const keyOf = (fact: FactBehind) => `${fact.classCode} ${fact.kind === 'credit' ? fact.creditedOn : fact.assessedOn}`

function Fact({ fact, hasDeclared, year }: { fact: FactBehind; hasDeclared: boolean; year: number }) {
  const w = useWords(behindWords)
  const certification = useWords(certificationWords)
  const said = fact.kind === 'credit' ? creditInWords(w, fact) : assessmentInWords(w, certification, fact)
  if (hasDeclared) said.push(fact.declaredLevel ? w.behind.declared(w.levels[fact.declaredLevel]) : w.behind.undeclared)
  return (
    <p>
      {fact.className}{' '}
      <Link className="muted nowrap" to={`?year=${year}&class=${encodeURIComponent(fact.classCode)}`}>
        {fact.classCode}
      </Link>
      <br />
      <span className="tiny muted">{[w.modes[fact.mode], ...said].join(' · ')}</span>
    </p>
  )
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
          {brand.validFrom ?? w.behind.openStart} – {brand.validUntil ?? w.behind.openEnd}
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
