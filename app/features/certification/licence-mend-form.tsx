import { ReasonField } from '#app/features/training/mend-form.tsx'
import { Badge, type Tone } from '#app/ui/badge.tsx'
import { Card, Section } from '#app/ui/card.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { PostForm } from '#app/ui/post-form.tsx'
import { SubmitButton } from '#app/ui/submit-button.tsx'
import { type Column, Table } from '#app/ui/table.tsx'
import type { LicenceShown, Licences } from './licences.server.ts'
import type { Held } from './licences.ts'
import type { PersonMendAnswer } from './person-mend-acts.server.ts'
import { personMendWords } from './person-words.ts'

const TONES: Record<Held, Tone> = { current: 'met', earlier: 'warn', unknown: 'none' }

/** The licences whose number contains a document number, and where some hold an earlier one, the form that mends them. */
export function PersonLicences({
  licences: { shown, mark },
  refused,
  typed,
}: {
  licences: Licences
  refused: Extract<PersonMendAnswer, { ok: false }> | null
  typed: Readonly<Record<string, string>>
}) {
  const w = useWords(personMendWords)
  if (shown.length === 0) return null
  const behind = shown.filter(({ held }) => held === 'earlier').length
  const own = refused?.intent === 'licences' ? typed : {}
  const fault = refused?.intent === 'licences' && refused.refusal.reason === 'faults' ? refused.refusal.why : null
  const columns: Column<LicenceShown>[] = [
    {
      key: 'number',
      head: w.licence.number,
      isRowHead: true,
      cell: ({ number }) => <span className="num">{number}</span>,
    },
    { key: 'item', head: w.licence.workItem, cell: ({ workItem }) => workItem || '—' },
    { key: 'academy', head: w.academies, cell: ({ academyName }) => academyName },
    { key: 'issued', head: w.licence.issuedOn, cell: ({ issuedOn }) => <span className="num">{issuedOn}</span> },
    {
      key: 'status',
      head: w.licence.status,
      cell: ({ held, status }) => (
        <>
          <Badge tone={TONES[held]}>{w.licence.held[held]}</Badge> {status === 'revoked' && w.licence.revoked}
        </>
      ),
    },
  ]
  return (
    <Section title={w.licence.title}>
      <div className="stack">
        <p className="soft small">{w.licence.lead}</p>
        <Table caption={w.licence.title} columns={columns} rows={shown} rowKey={({ id }) => id} isCards />
        {behind > 0 && (
          <Card title={w.licence.mend}>
            <PostForm className="form" noValidate>
              <p>{w.licence.will(behind)}</p>
              <ReasonField
                id="licence-reason"
                label={w.reason}
                hint={w.licence.reasonHint}
                typed={own}
                error={fault && w.why[fault]}
              />
              <input type="hidden" name="was" value={mark} />
              <div>
                <SubmitButton name="intent" value="licences">
                  {w.licence.save(behind)}
                </SubmitButton>
              </div>
            </PostForm>
          </Card>
        )}
      </div>
    </Section>
  )
}
