import { words as dateWords } from '#app/lib/date-words.ts'
import { Badge } from '#app/ui/badge.tsx'
import { Card } from '#app/ui/card.tsx'
import { type Fact, KeyValue } from '#app/ui/lists.tsx'
import { useWords } from '#app/ui/locale.tsx'
import type { MyCertificate, PendingCertificate } from './mine.server.ts'
import { words } from './words.ts'

/** The worker's certificates, one card each. */
export function MyCertificates({ certificates }: { certificates: readonly MyCertificate[] }) {
  const { mine: w, types, levels } = useWords(words)
  const d = useWords(dateWords)
  return certificates.map((one) => {
    const facts: (Fact | null)[] = [
      { label: w.number, value: <span className="num">{one.number}</span> },
      one.level && { label: w.level, value: levels[one.level] },
      one.workItem ? { label: w.workItem, value: one.workItem } : null,
      one.issuer ? { label: w.issuer, value: one.issuer } : null,
      { label: w.issuedOn, value: d.date(one.issuedOn) },
      { label: w.class, value: `${one.className} · ${one.academyName}` },
    ]
    return (
      <Card key={one.certificateId} title={types[one.type]}>
        {one.status === 'revoked' && (
          <p>
            <Badge tone="miss">{w.revoked}</Badge> <span className="soft small">{w.revokedText}</span>
          </p>
        )}
        <KeyValue facts={facts.filter((fact) => fact !== null)} />
      </Card>
    )
  })
}

/** What was passed and is not issued yet, so that nobody wonders. */
export function PendingCertificates({ pending }: { pending: readonly PendingCertificate[] }) {
  const { mine: w } = useWords(words)
  const d = useWords(dateWords)
  return (
    <Card>
      <KeyValue
        facts={pending.map((one) => ({
          label: `${one.className} · ${one.academyName}`,
          value: w.pendingText(d.date(one.assessedOn)),
        }))}
      />
    </Card>
  )
}
