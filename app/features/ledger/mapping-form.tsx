import { Chip } from '#app/ui/badge.tsx'
import { Callout } from '#app/ui/callout.tsx'
import { Card, Section } from '#app/ui/card.tsx'
import { Choice, ChoiceGroup } from '#app/ui/choice.tsx'
import { ErrorSummary } from '#app/ui/error-summary.tsx'
import { FieldError, SelectField, TextField } from '#app/ui/field.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { PostForm } from '#app/ui/post-form.tsx'
import { SubmitButton } from '#app/ui/submit-button.tsx'
import { type Column, Table } from '#app/ui/table.tsx'
import { COLUMNS, FIELDS } from './columns.ts'
import type { ColumnView, MappingView, OnceView } from './mapping-view.ts'
import { OfFile } from './of-file.tsx'
import { words } from './upload-words.ts'

/** Which sheets are read, what each column is, and what the file does not say. */
export function MappingForm({ view, academyCode }: { view: MappingView; academyCode: string }) {
  const w = useWords(words).mapping
  const errorOf = (name: string) => {
    const fault = view.faults.find(({ at }) => at === name)
    return fault ? w.faults[fault.code] : null
  }
  const labels = new Map([
    ...[...view.unknown, ...view.known].map(({ name, text }) => [name, text] as const),
    ...[...view.asked, ...view.optional].map(({ name, header }) => [name, header] as const),
    ['sheet', w.sheets] as const,
  ])
  const errors = view.faults.map(({ at, code }) => ({
    id: at,
    message: w.faultAt(labels.get(at) ?? at, w.faults[code]),
  }))
  return (
    <PostForm noValidate>
      <div className="stack">
        <ErrorSummary errors={errors} />
        {view.onlyInFile.length > 0 && (
          <Callout tone="warn" role={errors.length > 0 ? 'alert' : undefined}>
            <p>{w.missing(view.onlyInFile.join('、'))}</p>
          </Callout>
        )}
        {view.sheets.length > 0 && <SheetChoice view={view} error={errorOf('sheet')} />}
        {view.unknown.length > 0 && (
          <Section title={w.unknown}>
            <div className="stack">
              <p className="soft small">{w.unknownLead}</p>
              <ColumnTable caption={w.unknown} columns={view.unknown} errorOf={errorOf} />
            </div>
          </Section>
        )}
        <OnceFields view={view} academyCode={academyCode} errorOf={errorOf} />
        {view.known.length > 0 && (
          <details open={view.known.some(({ name }) => errorOf(name))}>
            <summary>{w.known(view.known.length)}</summary>
            <ColumnTable caption={w.known(view.known.length)} columns={view.known} errorOf={errorOf} />
          </details>
        )}
        <div className="inline">
          <SubmitButton name="intent" value="choose">
            {w.submit}
          </SubmitButton>
          <SubmitButton kind="plain" name="intent" value="cancel">
            {w.cancel}
          </SubmitButton>
        </div>
      </div>
    </PostForm>
  )
}

function SheetChoice({ view, error }: { view: MappingView; error: string | null }) {
  const w = useWords(words).mapping
  return (
    <Card>
      <ChoiceGroup name="sheet" label={w.sheets} hint={w.sheetsHint} error={error}>
        {view.sheets.map(({ name, rows, isLedger, isHidden, isChosen }) => (
          <Choice
            key={name}
            type="checkbox"
            name="sheet"
            value={name}
            label={<OfFile>{name}</OfFile>}
            note={[isHidden && w.hidden, isLedger ? rows !== null && w.sheetRows(rows) : w.noLedger]
              .filter(Boolean)
              .join(' · ')}
            defaultChecked={isChosen}
            disabled={!isLedger}
          />
        ))}
      </ChoiceGroup>
    </Card>
  )
}

type ErrorOf = (name: string) => string | null

function ColumnTable({
  caption,
  columns,
  errorOf,
}: {
  caption: string
  columns: readonly ColumnView[]
  errorOf: ErrorOf
}) {
  const w = useWords(words).mapping
  const shape: Column<ColumnView>[] = [
    { key: 'header', head: w.header, isRowHead: true, cell: ({ text }) => <OfFile>{text}</OfFile> },
    {
      key: 'samples',
      head: w.samples,
      cell: ({ samples }) =>
        samples.length === 0 ? <span className="muted">{w.noSamples}</span> : <OfFile>{samples.join('；')}</OfFile>,
    },
    {
      key: 'field',
      head: w.field,
      label: w.field.slice(0, 6),
      cell: (column) => <ColumnSelect column={column} error={errorOf(column.name)} />,
    },
  ]
  return <Table caption={caption} columns={shape} rows={columns} rowKey={({ name }) => name} isCards />
}

function ColumnSelect({ column: { name, text, value, isGuess }, error }: { column: ColumnView; error: string | null }) {
  const w = useWords(words).mapping
  return (
    <div className={error ? 'field field-error' : 'field'}>
      <span className="inline">
        <select
          className="input select"
          id={name}
          name={name}
          aria-label={w.fieldOf(text)}
          aria-invalid={error ? true : undefined}
          aria-describedby={error ? `${name}-e` : undefined}
          defaultValue={value}
        >
          {value === '' && <option value="">{w.choose}</option>}
          <option value="ignored">{w.ignored}</option>
          {FIELDS.map((field) => (
            <option key={field} value={field} lang="zh-CN">
              {COLUMNS[field].header}
            </option>
          ))}
        </select>
        {isGuess && <Chip>{w.guessed}</Chip>}
      </span>
      <FieldError id={`${name}-e`} messages={error ? [error] : []} />
    </div>
  )
}

function OnceFields({
  view: { asked, optional },
  academyCode,
  errorOf,
}: {
  view: MappingView
  academyCode: string
  errorOf: ErrorOf
}) {
  const w = useWords(words).mapping
  return (
    <>
      {asked.length > 0 && (
        <Card title={w.once}>
          <div className="stack">
            <p className="soft small">{w.onceLead}</p>
            <div className="form">
              {asked.map((one) => (
                <OnceField key={one.name} once={one} error={errorOf(one.name)} />
              ))}
            </div>
          </div>
        </Card>
      )}
      {optional.length > 0 && (
        <details open={optional.some(({ name, value }) => value !== '' || errorOf(name))}>
          <summary>{w.more}</summary>
          <div className="form">
            {optional.map((one) => (
              <OnceField key={one.name} once={one} error={errorOf(one.name)} />
            ))}
          </div>
        </details>
      )}
      <p className="soft small">{w.academy(academyCode)}</p>
    </>
  )
}

function OnceField({ once: { name, header, value, offered, kind }, error }: { once: OnceView; error: string | null }) {
  const w = useWords(words).mapping
  const frame = { name, label: <OfFile>{header}</OfFile>, error, defaultValue: value }
  if (offered)
    return (
      <SelectField {...frame}>
        <option value="">{w.offered}</option>
        {offered.map((word) => (
          <option key={word} value={word} lang="zh-CN">
            {word}
          </option>
        ))}
      </SelectField>
    )
  const hints = { text: undefined, date: w.dateHint, hours: w.hoursHint, occupation: w.occupationHint }
  return (
    <TextField {...frame} hint={hints[kind]} maxLength={100} inputMode={kind === 'hours' ? 'decimal' : undefined} />
  )
}
