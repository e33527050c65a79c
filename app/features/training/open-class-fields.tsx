import { Button } from '#app/ui/button.tsx'
import { Card } from '#app/ui/card.tsx'
import { SelectField, TextAreaField, TextField } from '#app/ui/field.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { LEVELS, MODES } from '#db/values.ts'
import { DayNote } from './day-note.tsx'
import { words } from './desk-words.ts'
import { levelWords } from './level-words.ts'
import type { OpenRefusal } from './open-class.server.ts'
import type { OpenClassError } from './open-class-form.ts'
import { seatFormWords } from './seat-form-words.ts'
import { words as publicWords } from './words.ts'

/** As much of conform's metadata of a field as a control needs. */
export type FormField = {
  id: string
  name: string
  key?: string
  initialValue?: unknown
  /** As it stands now. */
  value?: unknown
  errors?: string[]
}
/** Of a field by its path's first part. */
export type Fields<K extends string> = Record<K, FormField>

export type Choices = {
  occupations: readonly { code: string; name: string }[]
  sites: readonly { id: string; name: string }[]
  courses: readonly { slug: string; title: string }[]
}

/** The sentences of a field's errors, which are codes on the wire. */
export function useErrorWords(): (codes: readonly string[] | undefined) => string[] {
  const errors = { ...useWords(seatFormWords).errors, ...useWords(words).openClass.errors }
  return (codes) => (codes ?? []).map((code) => errors[code as OpenClassError | OpenRefusal] ?? code)
}

/** What a field is called, by its name on the wire: `sessions[1].date` is 第2次 日期. */
export function useFieldLabel(): (name: string) => string {
  const w = useWords(words).openClass
  const s = useWords(seatFormWords)
  const others: Record<string, string> = {
    hasWaitlist: s.hasWaitlist,
    eligibleLevel: s.level,
    eligibleYears: s.years,
    eligibleEmployers: s.employers,
    occupationCode: w.occupation,
    courseSlug: w.course,
    siteId: w.site,
    feeYuan: w.fee,
  }
  return (name) => {
    const [, row, part] = /^sessions\[(\d+)\]\.(\w+)$/.exec(name) ?? []
    const key = part ?? name
    const own = (w as Record<string, unknown>)[key]
    const label = others[key] ?? (typeof own === 'string' ? own : key)
    return row === undefined ? label : `${w.session(Number(row) + 1)} ${label}`
  }
}

/** What a control of the design system takes of a field. */
export function useField(): (field: FormField) => {
  id: string
  name: string
  defaultValue: string | undefined
  error: string[]
} {
  const said = useErrorWords()
  return ({ id, name, initialValue, errors }) => ({
    id,
    name,
    defaultValue: typeof initialValue === 'string' ? initialValue : undefined,
    error: said(errors),
  })
}

export function Basics({ fields, choices }: { fields: Fields<BasicField>; choices: Choices }) {
  const w = useWords(words).openClass
  const { modes } = useWords(publicWords)
  const levels = useWords(levelWords)
  const field = useField()
  return (
    <Card title={w.basics}>
      <div className="grid">
        <TextField {...field(fields.code)} label={w.code} hint={w.codeHint} maxLength={40} autoComplete="off" />
        <TextField {...field(fields.name)} label={w.name} maxLength={100} autoComplete="off" />
        <SelectField
          {...field(fields.mode)}
          label={w.mode}
          options={MODES.map((mode) => ({ value: mode, label: modes[mode] }))}
        />
        <SelectField
          {...field(fields.occupationCode)}
          label={w.occupation}
          options={[
            { value: '', label: w.noOccupation },
            ...choices.occupations.map(({ code, name }) => ({ value: code, label: `${code} ${name}` })),
          ]}
        />
        <SelectField
          {...field(fields.level)}
          label={w.level}
          hint={w.levelHint}
          isOptional
          options={[
            { value: '', label: w.noLevel },
            ...LEVELS.map((level) => ({ value: level, label: levels[level] })),
          ]}
        />
        <SelectField
          {...field(fields.courseSlug)}
          label={w.course}
          hint={w.courseHint}
          isOptional
          options={[
            { value: '', label: w.chooseCourse },
            ...choices.courses.map(({ slug, title }) => ({ value: slug, label: title })),
          ]}
        />
        <TextField {...field(fields.startsOn)} label={w.startsOn} type="date" />
        <TextField {...field(fields.endsOn)} label={w.endsOn} type="date" />
        <TextField {...field(fields.plannedHours)} label={w.plannedHours} hint={w.hoursHint} inputMode="decimal" />
        <TextField
          {...field(fields.plannedPracticalHours)}
          label={w.plannedPracticalHours}
          hint={w.practicalHint}
          inputMode="decimal"
        />
        <TextField {...field(fields.capacity)} label={w.capacity} hint={w.capacityHint} inputMode="numeric" />
      </div>
    </Card>
  )
}

type BasicField =
  | 'code'
  | 'name'
  | 'mode'
  | 'occupationCode'
  | 'level'
  | 'courseSlug'
  | 'startsOn'
  | 'endsOn'
  | 'plannedHours'
  | 'plannedPracticalHours'
  | 'capacity'

export function PlaceAndEnrolment({ fields, choices }: { fields: Fields<PlaceField>; choices: Choices }) {
  const w = useWords(words).openClass
  const field = useField()
  return (
    <>
      <Card title={w.place}>
        <div className="grid">
          {choices.sites.length > 0 && (
            <SelectField
              {...field(fields.siteId)}
              label={w.site}
              options={[
                ...choices.sites.map(({ id, name }) => ({ value: id, label: name })),
                { value: '', label: w.newSite },
              ]}
            />
          )}
          <TextField {...field(fields.siteName)} label={w.siteName} isOptional={choices.sites.length > 0} />
          <TextField {...field(fields.siteAddress)} label={w.siteAddress} isOptional={choices.sites.length > 0} />
        </div>
      </Card>
      <Card title={w.enrolment}>
        <p className="hint">{w.windowHint}</p>
        <div className="grid">
          <TextField {...field(fields.enrolOpensAt)} label={w.enrolOpensAt} type="datetime-local" isOptional />
          <TextField {...field(fields.enrolClosesAt)} label={w.enrolClosesAt} type="datetime-local" isOptional />
          <TextField {...field(fields.withdrawUntil)} label={w.withdrawUntil} type="datetime-local" isOptional />
        </div>
      </Card>
    </>
  )
}

type PlaceField = 'siteId' | 'siteName' | 'siteAddress' | 'enrolOpensAt' | 'enrolClosesAt' | 'withdrawUntil'

export function AskedFields({ fields }: { fields: Fields<AskedField> }) {
  const w = useWords(words).openClass
  const field = useField()
  return (
    <Card title={w.asked}>
      <div className="grid">
        <TextField {...field(fields.feeYuan)} label={w.fee} hint={w.feeHint} inputMode="decimal" isOptional />
        <TextAreaField {...field(fields.bring)} label={w.bring} rows={2} isOptional />
        <TextField {...field(fields.documentsNeeded)} label={w.documentsNeeded} isOptional />
        <TextField {...field(fields.lunch)} label={w.lunch} isOptional />
        <TextField {...field(fields.classHead)} label={w.classHead} isOptional />
        <TextField {...field(fields.classHeadPhone)} label={w.classHeadPhone} type="tel" isOptional />
        <TextField {...field(fields.certificatesExpectedOn)} label={w.certificatesExpectedOn} type="date" isOptional />
      </div>
    </Card>
  )
}

type AskedField =
  | 'feeYuan'
  | 'bring'
  | 'documentsNeeded'
  | 'lunch'
  | 'classHead'
  | 'classHeadPhone'
  | 'certificatesExpectedOn'

/** One row per meeting; adding and removing rows works without JavaScript too: the buttons post the form. */
export function SessionFields({
  sessions,
  error,
  add,
}: {
  sessions: readonly { key: string; fields: Fields<SessionField>; remove: ButtonProps }[]
  error: string[]
  add: ButtonProps
}) {
  const w = useWords(words).openClass
  const field = useField()
  return (
    <Card title={w.sessions}>
      <p className="hint">{w.sessionsHint}</p>
      {error.length > 0 && <p className="error">{error.join(' ')}</p>}
      <div className="stack">
        {sessions.map(({ key, fields, remove }, index) => (
          <fieldset key={key} className="filters">
            <legend className="small soft">{w.session(index + 1)}</legend>
            <TextField {...field(fields.date)} label={w.date} type="date" />
            <DayNote date={fields.date.value} />
            <TextField {...field(fields.from)} label={w.from} type="time" />
            <TextField {...field(fields.to)} label={w.to} type="time" />
            <TextField {...field(fields.hours)} label={w.hours} inputMode="decimal" />
            <TextField {...field(fields.topic)} label={w.topic} isOptional />
            <Button {...remove} type="submit" kind="quiet">
              {w.removeSession(index + 1)}
            </Button>
          </fieldset>
        ))}
        <div>
          <Button {...add} type="submit">
            {w.addSession}
          </Button>
        </div>
      </div>
    </Card>
  )
}

type SessionField = 'date' | 'from' | 'to' | 'hours' | 'topic'
type ButtonProps = { name: string; value: string; form: string; formNoValidate: boolean }
