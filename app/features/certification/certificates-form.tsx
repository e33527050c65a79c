import { words as deskWords } from '#app/features/training/desk-words.ts'
import { Card } from '#app/ui/card.tsx'
import { CellInput } from '#app/ui/cell-input.tsx'
import { Choice } from '#app/ui/choice.tsx'
import { ErrorSummary } from '#app/ui/error-summary.tsx'
import { SelectField, TextField } from '#app/ui/field.tsx'
import { Link } from '#app/ui/link.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { PostForm } from '#app/ui/post-form.tsx'
import { SubmitButton } from '#app/ui/submit-button.tsx'
import { type Column, Table } from '#app/ui/table.tsx'
import { CERTIFICATE_TYPES, LEVELS, type Level } from '#db/values.ts'
import type { RecordedCertificates } from './certificates.server.ts'
import type { BatchField } from './certificates.ts'
import type { DeskCertificate, PassedRow } from './desk.server.ts'
import { hasOwn, OwnFields } from './own-fields.tsx'
import type { Pasted } from './paste.server.ts'
import { Filled, PasteField, PasteThroughField } from './paste-part.tsx'
import { resultsWords } from './results-words.ts'
import { words } from './words.ts'

type Refused = Extract<RecordedCertificates, { ok: false }>
type Typed = Readonly<Record<string, string>>

/** The certificates of those who passed: what they share once, then a number each. */
export function CertificatesForm({
  rows,
  level,
  refused,
  pasted,
  typed,
  after,
  canChange,
  revokeAddress,
  footer,
}: {
  rows: readonly PassedRow[]
  /** That the class prepares for: what its certificates most likely say. */
  level: Level | null
  refused: Refused | null
  /** What a paste filled in, with what is left of its text and a mark of its own. */
  pasted: Pasted | null
  typed: Typed
  /** Where the page of workers begins; null: the first. */
  after: string | null
  canChange: boolean
  revokeAddress: (certificateId: string) => string
  footer: React.ReactNode
}) {
  const w = useWords(words).desk
  const r = useWords(resultsWords)
  const { named } = useWords(deskWords).roster
  const faultsOf = (row: PassedRow) =>
    (refused?.numbers ?? [])
      .filter(({ assessmentId }) => assessmentId === row.assessmentId)
      .map(({ fault }) => w.numberFaults[fault])
  const columns: Column<PassedRow>[] = [
    { key: 'name', head: w.name, isRowHead: true, cell: (row) => <span className="nowrap">{row.name}</span> },
    { key: 'document', head: r.document, cell: (row) => <span className="num">{row.document ?? '—'}</span> },
    { key: 'assessedOn', head: w.assessedOn, cell: (row) => <span className="num">{row.assessedOn}</span> },
    {
      key: 'existing',
      head: w.existing,
      cell: (row) => <Existing certificates={row.certificates} revokeAddress={canChange ? revokeAddress : undefined} />,
    },
    ...(canChange
      ? [
          {
            key: 'number',
            head: w.number,
            cell: (row: PassedRow) => (
              <CellInput
                key={`${row.assessmentId}:${row.certificates.length}:${pasted?.mark}`}
                name={`number.${row.assessmentId}`}
                label={`${row.name} ${w.number}`}
                defaultValue={typed[`number.${row.assessmentId}`] ?? ''}
                maxLength={60}
                isLong
                error={faultsOf(row)}
              />
            ),
          },
        ]
      : []),
    ...(canChange && rows.some((row) => hasOwn(row, typed))
      ? [
          {
            key: 'own',
            head: w.own,
            cell: (row: PassedRow) => <OwnFields row={row} typed={typed} mark={pasted?.mark} />,
          },
        ]
      : []),
  ]
  const table = (
    <Table
      caption={w.existing}
      columns={columns}
      rows={rows}
      rowKey={(row) => row.assessmentId}
      isCards
      footer={footer}
    />
  )
  if (!canChange) return table
  const nameOf = (id: string) => rows.find((row) => row.assessmentId === id)?.name ?? ''
  const errors = [
    ...(refused?.batch ?? []).map(({ field, fault }) => ({ id: field, message: w.batchFaults[fault] })),
    ...(refused?.numbers ?? []).map(({ assessmentId, fault }) =>
      fault === 'reason_needed'
        ? { id: 'reason', message: w.numberFaults[fault] }
        : { id: `number.${assessmentId}`, message: named(nameOf(assessmentId), w.numberFaults[fault]) },
    ),
  ]
  return (
    <PostForm>
      <div className="stack">
        <ErrorSummary errors={errors} />
        <p className="soft">{w.certificatesLead}</p>
        <SharedFields refused={refused} typed={{ level: level ?? '', ...typed }} />
        <input type="hidden" name="after" value={after ?? ''} />
        {pasted && <Filled answer={pasted} ofPassed />}
        <PasteThroughField>{table}</PasteThroughField>
        <div className="form">
          <Choice
            type="checkbox"
            name="isDigitChecked"
            value="yes"
            label={w.digitChecked}
            defaultChecked={typed.isDigitChecked === 'yes'}
          />
          <TextField
            name="reason"
            label={w.reason}
            hint={w.reasonHint}
            isOptional
            maxLength={200}
            defaultValue={typed.reason}
          />
          <div>
            <SubmitButton name="intent" value="certificates">
              {w.saveCertificates}
            </SubmitButton>
          </div>
        </div>
        <PasteField
          key={pasted?.mark}
          intent="paste-certificates"
          text={pasted?.text ?? ''}
          how={r.paste.certificates.how}
          hint={r.paste.certificates.hint}
        />
      </div>
    </PostForm>
  )
}

function SharedFields({ refused, typed }: { refused: Refused | null; typed: Typed }) {
  const { desk: w, types, levels } = useWords(words)
  const of = (field: BatchField) => ({
    name: field,
    defaultValue: typed[field] ?? '',
    error: (refused?.batch ?? []).filter((one) => one.field === field).map(({ fault }) => w.batchFaults[fault]),
  })
  return (
    <Card className="grid">
      <SelectField
        {...of('type')}
        label={w.type}
        options={[{ value: '', label: '—' }, ...CERTIFICATE_TYPES.map((type) => ({ value: type, label: types[type] }))]}
      />
      <SelectField
        {...of('level')}
        label={w.level}
        hint={w.levelHint}
        options={[{ value: '', label: w.noLevel }, ...LEVELS.map((level) => ({ value: level, label: levels[level] }))]}
      />
      <TextField {...of('workItem')} label={w.workItem} hint={w.workItemHint} isOptional maxLength={100} />
      <TextField {...of('issuer')} label={w.issuer} isOptional maxLength={100} />
      <TextField {...of('issuedOn')} label={w.issuedOn} type="date" />
    </Card>
  )
}

/** The certificates that an assessment earned, each with the way to revoke it. */
function Existing({
  certificates,
  revokeAddress,
}: {
  certificates: readonly DeskCertificate[]
  revokeAddress?: (certificateId: string) => string
}) {
  const { desk: w, mine, types, levels, pending } = useWords(words)
  if (certificates.length === 0) return <span className="soft">{pending}</span>
  return (
    <ul>
      {certificates.map((one) => (
        <li key={one.certificateId}>
          {types[one.type]} {one.level && levels[one.level]} {one.workItem} <span className="num">{one.number}</span>{' '}
          <span className="num">{one.issuedOn}</span>{' '}
          {one.status === 'revoked' ? (
            <b>{mine.revoked}</b>
          ) : (
            revokeAddress && (
              <Link to={revokeAddress(one.certificateId)} preventScrollReset>
                {w.revoke}
              </Link>
            )
          )}
        </li>
      ))}
    </ul>
  )
}
