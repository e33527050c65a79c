import { words as documentWords } from '#app/features/persons/words.ts'
import { History, ReasonField } from '#app/features/training/mend-form.tsx'
import { Callout } from '#app/ui/callout.tsx'
import { Card } from '#app/ui/card.tsx'
import { SelectField, TextField } from '#app/ui/field.tsx'
import { Link } from '#app/ui/link.tsx'
import { type Fact, KeyValue } from '#app/ui/lists.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { PostForm } from '#app/ui/post-form.tsx'
import { SubmitButton } from '#app/ui/submit-button.tsx'
import { type Column, Table } from '#app/ui/table.tsx'
import { DOCUMENT_TYPES, type DocumentType } from '#db/values.ts'
import type { EnrolmentShown, PersonChangeShown, PersonFile, PersonSummary } from './person-file.server.ts'
import type { PersonMendAnswer } from './person-mend-acts.server.ts'
import { personMendWords } from './person-words.ts'
import { words } from './words.ts'

type Refused = Extract<PersonMendAnswer, { ok: false }>
type Typed = Readonly<Record<string, string>>

/** A person's record in short, masked. */
export function PersonFacts({ person }: { person: PersonSummary }) {
  const w = useWords(personMendWords)
  const types = useWords(documentWords).documentTypes
  const facts: Fact[] = [
    { label: w.document, value: `${types[person.type]} ${person.document}` },
    { label: w.names, value: person.names.join('、') || w.noNames },
    { label: w.academies, value: person.academies.join('、') || w.none },
    { label: w.records, value: w.counts(person.enrolments, person.assessments, person.certificates) },
    { label: w.accounts, value: w.accountCounts(person.accounts, person.confirmedAccounts) },
  ]
  return <KeyValue facts={facts} />
}

/** Where the person was trained and assessed; each date of assessment leads to where it is mended. */
export function PersonEnrolments({ enrolments }: { enrolments: readonly EnrolmentShown[] }) {
  const w = useWords(personMendWords)
  const { results } = useWords(words)
  if (enrolments.length === 0) return <p className="soft">{w.noRecords}</p>
  const classPath = (row: EnrolmentShown) => `/academies/${row.academyCode}/manage/classes/${row.classId}`
  const columns: Column<EnrolmentShown>[] = [
    {
      key: 'class',
      head: w.class,
      isRowHead: true,
      cell: (row) => <Link to={`${classPath(row)}/mend`}>{`${row.code} ${row.name}`}</Link>,
    },
    { key: 'academy', head: w.academies, cell: (row) => row.academyName },
    { key: 'as', head: w.names, cell: (row) => <span className="nowrap">{row.as}</span> },
    { key: 'endsOn', head: w.endsOn, cell: (row) => <span className="num">{row.endsOn}</span> },
    { key: 'credited', head: w.credited, cell: (row) => <span className="num">{row.creditedOn ?? '—'}</span> },
    {
      key: 'attempts',
      head: w.attempts,
      cell: (row) =>
        row.attempts.length === 0
          ? '—'
          : row.attempts.map(({ id, on, result }) => (
              <p key={id}>
                <Link to={`${classPath(row)}/assessed-on?attempt=${id}`}>{w.redate(on, results[result])}</Link>
              </p>
            )),
    },
  ]
  return <Table caption={w.records} columns={columns} rows={enrolments} rowKey={(row) => row.id} isCards />
}

/** Why nothing was saved, where it is about no single field; where the document is another record's, the way to merge. */
export function PersonRefused({ refused, personId }: { refused: Refused; personId: string }) {
  const w = useWords(personMendWords)
  const { refusal } = refused
  if (refusal.reason === 'faults') return null
  const isOwn = refusal.reason === 'taken' && refusal.otherId === null
  return (
    <Callout tone="miss" role="alert">
      <p>{isOwn ? w.refused.taken_own : w.refused[refusal.reason]}</p>
      {refusal.reason === 'taken' && refusal.otherId && (
        <p>
          <Link to={`/persons/${personId}/merge?with=${refusal.otherId}`}>{w.toMerge}</Link>
        </p>
      )}
    </Callout>
  )
}

/** The right document of a person; what is on record is not shown whole, nor what was typed. */
export function DocumentMendForm({
  file,
  refused,
  typed,
}: {
  file: PersonFile
  refused: Refused | null
  typed: Typed
}) {
  const w = useWords(personMendWords)
  const types = useWords(documentWords).documentTypes
  const faults =
    refused?.intent === 'document' && refused.refusal.reason === 'faults'
      ? refused.refusal
      : { document: null, why: null }
  const own = refused?.intent === 'document' ? typed : {}
  const { document } = faults
  return (
    <Card title={w.mendDocument}>
      <PostForm className="form" noValidate>
        <SelectField
          name="documentType"
          label={w.type}
          defaultValue={own.documentType ?? file.person.type}
          options={DOCUMENT_TYPES.map((type) => ({ value: type, label: types[type] }))}
          error={document === 'type' ? w.documentFaults.type : null}
        />
        <TextField
          name="documentNumber"
          label={w.number}
          hint={w.numberHint + (file.licences.shown.length > 0 ? w.numberHintLicences : '')}
          autoComplete="off"
          maxLength={40}
          error={document && document !== 'type' ? w.documentFaults[document] : null}
        />
        <ReasonField label={w.reason} hint={w.reasonHint} typed={own} error={faults.why && w.why[faults.why]} />
        <input type="hidden" name="was" value={file.documentMark} />
        <div>
          <SubmitButton name="intent" value="document">
            {w.saveDocument}
          </SubmitButton>
        </div>
      </PostForm>
    </Card>
  )
}

/** The right name of a person, for every enrolment. */
export function NameMendForm({ file, refused, typed }: { file: PersonFile; refused: Refused | null; typed: Typed }) {
  const w = useWords(personMendWords)
  const faults =
    refused?.intent === 'name' && refused.refusal.reason === 'faults' ? refused.refusal : { isName: true, why: null }
  const own = refused?.intent === 'name' ? typed : {}
  return (
    <Card title={w.mendName}>
      <PostForm className="form" noValidate>
        <TextField
          name="name"
          label={w.name}
          hint={w.nameHint}
          autoComplete="off"
          maxLength={50}
          defaultValue={own.name}
          error={faults.isName ? null : w.nameFault}
        />
        <ReasonField
          id="name-reason"
          label={w.reason}
          hint={w.reasonHint}
          typed={own}
          error={faults.why && w.why[faults.why]}
        />
        <input type="hidden" name="was" value={file.namesMark} />
        <div>
          <SubmitButton name="intent" value="name">
            {w.saveName}
          </SubmitButton>
        </div>
      </PostForm>
    </Card>
  )
}

const was = (before: PersonChangeShown['before'], types: Readonly<Record<DocumentType, string>>): string => {
  if (!before) return ''
  if ('names' in before) return before.names.join('、')
  return 'number' in before ? before.number : `${types[before.type]} ${before.document}`
}

/** What was changed by hand in a person's record, masked. */
export function PersonHistory({ history }: { history: readonly PersonChangeShown[] }) {
  const w = useWords(personMendWords)
  const types = useWords(documentWords).documentTypes
  return (
    <History title={w.history} empty={w.noHistory} changes={history}>
      {({ change, before, otherId }) => {
        const said =
          change === 'merged' || change === 'kept' ? w.changes[change] : w.changes[change](was(before, types))
        return (
          <p>
            {said} {otherId && <Link to={`/persons/${otherId}/mend`}>{w.other}</Link>}
          </p>
        )
      }}
    </History>
  )
}
