import type { ReactNode } from 'react'
import { shanghaiDate } from '#app/lib/calendar.ts'
import { Badge } from '#app/ui/badge.tsx'
import { Callout } from '#app/ui/callout.tsx'
import { Section } from '#app/ui/card.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { type Column, Table } from '#app/ui/table.tsx'
import type { Claim } from './identity.server.ts'
import { words } from './words.ts'

/**
 * The accounts that claim a document. `confirm` makes the form that confirms one, where one may be confirmed: a person has
 * one confirmed account.
 */
export function ClaimList({
  document,
  claims,
  confirm,
}: {
  document: string
  claims: readonly Claim[]
  confirm: (proof: string) => ReactNode
}) {
  const w = useWords(words).identity
  const isTaken = claims.some((claim) => claim.confirmedAt)
  const columns: Column<Claim>[] = [
    { key: 'name', head: w.name, isRowHead: true, cell: (claim) => claim.name },
    { key: 'phone', head: w.phone, cell: (claim) => <span className="num">{claim.phone}</span> },
    {
      key: 'registered',
      head: w.registered,
      cell: (claim) => <span className="num">{shanghaiDate(claim.registeredAt)}</span>,
    },
    { key: 'state', head: w.state, cell: (claim) => <ClaimState claim={claim} /> },
    { key: 'act', head: w.act, cell: (claim) => !isTaken && !claim.isDisabled && confirm(claim.proof) },
  ]
  return (
    <Section title={w.found(document)}>
      {claims.length === 0 ? (
        <Callout tone="warn" title={w.none} role="status">
          <p>{w.noneNote}</p>
        </Callout>
      ) : (
        <div className="stack">
          <p>{isTaken ? w.taken : w.confirmNote}</p>
          <Table caption={w.found(document)} columns={columns} rows={claims} rowKey={(claim) => claim.proof} isCards />
        </div>
      )}
    </Section>
  )
}

function ClaimState({ claim }: { claim: Claim }) {
  const w = useWords(words).identity
  if (claim.isDisabled) return <Badge tone="none">{w.disabled}</Badge>
  return claim.confirmedAt ? <Badge tone="met">{w.confirmed}</Badge> : <Badge tone="none">{w.waiting}</Badge>
}
