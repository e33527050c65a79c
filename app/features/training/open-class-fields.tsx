import { Card } from '#app/ui/card.tsx'
import { SelectField, TextAreaField, TextField } from '#app/ui/field.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { LEVELS, MODES } from '#db/values.ts'
import { type ClassStage, mayEdit } from './class-edit.ts'
import { words } from './desk-words.ts'
import { type Fields, useField } from './form-field.tsx'
import { levelWords } from './level-words.ts'
import type { OpeningYear } from './opening-way.ts'
import { sessionWords } from './session-words.ts'
import { words as publicWords } from './words.ts'

export type Choices = {
  occupations: readonly { code: string; name: string }[]
  sites: readonly { id: string; name: string }[]
  courses: readonly { slug: string; title: string }[]
  instructors: readonly { id: string; name: string }[]
  /** Accounts that may head a class. */
  heads: readonly { id: string; name: string }[]
  /** In which years the sponsor approves a class first. */
  openingYears: readonly OpeningYear[]
}

/** `stage`: where the class stands; a new one is a draft. What may not be edited then is not shown. */
type Props<F extends string> = { fields: Fields<F>; choices: Choices; stage: ClassStage }

export function Basics({ fields, choices, stage }: Props<BasicField>) {
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
        {mayEdit('courseSlug', stage) && (
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
        )}
        <TextField {...field(fields.startsOn)} label={w.startsOn} type="date" />
        <TextField {...field(fields.endsOn)} label={w.endsOn} type="date" />
        <TextField {...field(fields.plannedHours)} label={w.plannedHours} hint={w.hoursHint} inputMode="decimal" />
        <TextField
          {...field(fields.plannedPracticalHours)}
          label={w.plannedPracticalHours}
          hint={w.practicalHint}
          inputMode="decimal"
        />
        {mayEdit('capacity', stage) && (
          <TextField {...field(fields.capacity)} label={w.capacity} hint={w.capacityHint} inputMode="numeric" />
        )}
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

export function PlaceAndEnrolment({ fields, choices, stage }: Props<PlaceField>) {
  const w = useWords(words).openClass
  const s = useWords(sessionWords)
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
          {mayEdit('sessions', stage) && (
            <>
              <TextField
                {...field(fields.firstStation)}
                label={s.form.firstStation}
                hint={s.stations.hint}
                inputMode="numeric"
                isOptional
              />
              <TextField {...field(fields.lastStation)} label={s.form.lastStation} inputMode="numeric" isOptional />
            </>
          )}
          <TextField {...field(fields.siteName)} label={w.siteName} isOptional={choices.sites.length > 0} />
          <TextField {...field(fields.siteAddress)} label={w.siteAddress} isOptional={choices.sites.length > 0} />
        </div>
      </Card>
      <Card title={w.enrolment}>
        <p className="hint">{w.windowHint}</p>
        <div className="grid">
          {mayEdit('enrolOpensAt', stage) && (
            <TextField {...field(fields.enrolOpensAt)} label={w.enrolOpensAt} type="datetime-local" isOptional />
          )}
          <TextField {...field(fields.enrolClosesAt)} label={w.enrolClosesAt} type="datetime-local" isOptional />
          <TextField {...field(fields.withdrawUntil)} label={w.withdrawUntil} type="datetime-local" isOptional />
        </div>
      </Card>
    </>
  )
}

type PlaceField =
  | 'siteId'
  | 'firstStation'
  | 'lastStation'
  | 'siteName'
  | 'siteAddress'
  | 'enrolOpensAt'
  | 'enrolClosesAt'
  | 'withdrawUntil'

export function AskedFields({ fields, choices, stage }: Props<AskedField>) {
  const w = useWords(words).openClass
  const field = useField()
  return (
    <Card title={w.asked}>
      <div className="grid">
        <TextField {...field(fields.feeYuan)} label={w.fee} hint={w.feeHint} inputMode="decimal" isOptional />
        {mayEdit('bring', stage) && (
          <>
            <TextAreaField {...field(fields.bring)} label={w.bring} rows={2} isOptional />
            <TextField {...field(fields.documentsNeeded)} label={w.documentsNeeded} isOptional />
            <TextField {...field(fields.lunch)} label={w.lunch} isOptional />
          </>
        )}
        <SelectField
          {...field(fields.headId)}
          label={w.headId}
          hint={w.headIdHint}
          isOptional
          options={[
            { value: '', label: w.noHead },
            ...choices.heads.map(({ id, name }) => ({ value: id, label: name })),
          ]}
        />
        <TextField {...field(fields.classHead)} label={w.classHead} hint={w.classHeadHint} isOptional />
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
  | 'headId'
  | 'classHead'
  | 'classHeadPhone'
  | 'certificatesExpectedOn'
