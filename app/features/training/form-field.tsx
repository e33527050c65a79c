import { useWords } from '#app/ui/locale.tsx'
import type { NamedRefusal } from './class-named.server.ts'
import { words } from './desk-words.ts'
import type { OpenClassError } from './open-class-shape.ts'
import { requirementWords } from './requirement-words.ts'
import { seatFormWords } from './seat-form-words.ts'
import { mostOfFault } from './session-hours.ts'
import type { Obstacle } from './session-say.ts'
import { sessionWords } from './session-words.ts'

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

/** What conform gives a button that adds or removes a row. */
export type RowButtonProps = { name: string; value: string; form: string; formNoValidate: boolean }

/** Those of an assessment plan, and who stands between both, are said above the form. */
type FieldObstacle = Exclude<Obstacle['reason'], 'not_apart' | 'plan_missing' | 'plan_unfit' | 'assessor_left'>

/** The sentences of a field's errors, which are codes on the wire. */
export function useErrorWords(): (codes: readonly string[] | undefined) => string[] {
  const { errors } = useWords(words).openClass
  const { errors: ofSession, hoursClock } = useWords(sessionWords)
  const { errors: ofSeats } = useWords(seatFormWords)
  const { fault: others } = useWords(requirementWords)
  const known: Record<OpenClassError | NamedRefusal | FieldObstacle | 'instructor_unknown', string> = {
    ...ofSession,
    ...ofSeats,
    ...errors,
    others,
  }
  const said = (code: string) => {
    const most = mostOfFault(code)
    return most === null ? known[code as keyof typeof known] : hoursClock(most)
  }
  return (codes) => (codes ?? []).map((code) => said(code) ?? code)
}

/** What a field is called, by its name on the wire: `sessions[1].date` is 第2次 日期. */
export function useFieldLabel(): (name: string) => string {
  const w = useWords(words).openClass
  const { kind, series, form: ofForm } = useWords(sessionWords)
  const s = useWords(seatFormWords)
  const q = useWords(requirementWords)
  const others: Record<string, string> = {
    hasWaitlist: s.hasWaitlist,
    eligibleLevel: s.level,
    eligibleYears: s.years,
    eligibleEmployers: s.employers,
    occupationCode: w.occupation,
    courseSlug: w.course,
    siteId: w.site,
    instructorIds: ofForm.instructors,
    firstStation: ofForm.firstStation,
    lastStation: ofForm.lastStation,
    feeYuan: w.fee,
    otherRequirements: q.others,
    kind,
    weekdays: series.weekdays,
    times: series.times,
  }
  return (name) => {
    const [, list, row, part] = /^(sessions|series)\[(\d+)\]\.(\w+)$/.exec(name) ?? []
    const key = part ?? name
    const own = (w as Record<string, unknown>)[key]
    const label = others[key] ?? (typeof own === 'string' ? own : key)
    if (row === undefined) return label
    const number = Number(row) + 1
    return `${list === 'series' ? series.row(number) : w.session(number)} ${label}`
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
