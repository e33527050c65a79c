import { words as dateWords } from '#app/lib/date-words.ts'
import { Callout } from '#app/ui/callout.tsx'
import { Card } from '#app/ui/card.tsx'
import { TextField } from '#app/ui/field.tsx'
import { Link } from '#app/ui/link.tsx'
import { useLocale, useWords } from '#app/ui/locale.tsx'
import { FilterForm, PostForm } from '#app/ui/post-form.tsx'
import { SubmitButton } from '#app/ui/submit-button.tsx'
import { type Column, Table } from '#app/ui/table.tsx'
import { namedSitting } from './assessment-say.ts'
import { assessmentWords } from './assessment-words.ts'
import { useErrorWords } from './form-field.tsx'
import type { SeriesResult, SeriesRow } from './open-series.server.ts'
import { saidObstacle } from './session-say.ts'
import { templateWords } from './template-words.ts'
import type { TemplatesPage } from './templates-page.server.ts'

/** A series from a template: how many, from when, how far apart; then a row for each, to be changed before they are opened. */
export function SeriesPlan({
  plan,
  rows,
}: {
  plan: NonNullable<TemplatesPage['plan']>
  /** That are in the form: those planned, or those that could not be opened just now. */
  rows: readonly SeriesRow[]
}) {
  const { plan: w } = useWords(templateWords)
  return (
    <Card title={w.title(plan.name)}>
      <p className="soft">{w.hint}</p>
      <FilterForm key={`${plan.first} ${plan.every} ${plan.count} ${plan.code}`}>
        <input type="hidden" name="template" value={plan.id} />
        <TextField name="first" label={w.first} type="date" defaultValue={plan.first} />
        <TextField name="count" label={w.count} inputMode="numeric" maxLength={2} defaultValue={plan.count} />
        <TextField name="every" label={w.every} inputMode="numeric" maxLength={2} defaultValue={plan.every} />
        <TextField name="code" label={w.code} maxLength={40} defaultValue={plan.code} autoComplete="off" />
        <SubmitButton kind="plain">{w.fill}</SubmitButton>
      </FilterForm>
      {rows.length > 0 && (
        <PostForm key={JSON.stringify(rows)} className="stack" noValidate>
          <input type="hidden" name="template" value={plan.id} />
          {rows.map(({ code, startsOn }, at) => (
            <fieldset key={`${code} ${startsOn}`} className="filters">
              <legend className="small soft">{w.row(at + 1)}</legend>
              <TextField name={`code.${at}`} label={w.number} maxLength={40} defaultValue={code} autoComplete="off" />
              <TextField name={`startsOn.${at}`} label={w.startsOn} type="date" defaultValue={startsOn} />
            </fieldset>
          ))}
          <div>
            <SubmitButton name="intent" value="open">
              {w.open}
            </SubmitButton>
          </div>
        </PostForm>
      )}
    </Card>
  )
}

/** What became of each class of a series: opened, moved by which holidays, without whom, or why not. */
export function SeriesResults({ results, base }: { results: readonly SeriesResult[]; base: string }) {
  const { result: w } = useWords(templateWords)
  const d = useWords(dateWords)
  const opened = results.filter(({ classId }) => classId !== null).length
  const columns: Column<SeriesResult>[] = [
    {
      key: 'number',
      head: w.number,
      isRowHead: true,
      cell: ({ classId, code, name }) =>
        classId ? (
          <>
            <Link to={`${base}/${classId}`}>{code}</Link> <span className="soft">{name}</span>
          </>
        ) : (
          code || '—'
        ),
    },
    {
      key: 'days',
      head: w.days,
      cell: ({ startsOn, endsOn }) => (endsOn ? d.period(startsOn, endsOn) : startsOn || '—'),
    },
    { key: 'outcome', head: w.outcome, cell: (result) => <Outcome result={result} /> },
  ]
  return (
    <>
      {opened > 0 && (
        <Callout tone="met" role="status">
          {w.opened(opened)}
        </Callout>
      )}
      {opened < results.length && (
        <Callout tone="miss" role="alert">
          {w.failed(results.length - opened)}
        </Callout>
      )}
      <Table
        caption={w.caption}
        columns={columns}
        rows={results}
        rowKey={({ code, startsOn }) => `${code} ${startsOn}`}
        isCards
      />
    </>
  )
}

function Outcome({ result }: { result: SeriesResult }) {
  const { result: w } = useWords(templateWords)
  const d = useWords(dateWords)
  const said = useErrorWords()
  const locale = useLocale()
  const { leftOut: l } = useWords(assessmentWords)
  const { classId, skipped, refusal, fault, isUntaught, left } = result
  const why = refusal ? saidObstacle(locale, refusal) : said(fault ? [fault] : [])[0]
  const days = skipped.map(({ date, day }) => `${d.day(date)} ${locale === 'en' ? day.nameEn : day.name}`)
  return (
    <ul>
      <li>{classId ? w.draft : `${w.notOpened}: ${why}`}</li>
      {days.length > 0 && <li>{w.skipped(d.list(days))}</li>}
      {classId && why && <li>{w.without(why)}</li>}
      {classId && isUntaught && !why && <li>{w.untaught}</li>}
      {left.map((one) => (
        <li key={`${one.part} ${one.attempt} ${one.why}`}>{l[one.why](namedSitting(locale, one))}</li>
      ))}
    </ul>
  )
}
