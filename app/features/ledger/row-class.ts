import { normaliseCode } from '#app/features/occupations/code.ts'
import { quotable } from '#app/features/persons/masking.ts'
import { type Field, headerOf } from './columns.ts'
import { problem } from './problem.ts'
import { notAhead, notBefore, type Read, type RowCells } from './row-cells.ts'
import type { ClassPart, RowContext } from './row-parts.ts'
import { lookup, MODE_WORDS, NO_OCCUPATION } from './vocabulary.ts'

const modes = lookup(MODE_WORDS)

/** More hours than any class has: a slip of a finger. */
const MOST_HOURS = 9999

/** The class as far as its cells could be read: undefined where one is wrong. */
export type ReadClass = { [K in keyof ClassPart]: ClassPart[K] | undefined }

/** Columns 1 to 9: what a class is read from, and nothing else. */
export const CLASS_FIELDS = [
  'academyCode',
  'classCode',
  'className',
  'mode',
  'occupationCode',
  'startsOn',
  'endsOn',
  'plannedHours',
  'plannedPracticalHours',
] as const satisfies readonly Field[]

export function readClass(row: RowCells, context: RowContext): ReadClass {
  const mode = row.require('mode', row.word('mode', modes, MODE_WORDS))
  const startsOn = notAhead(row, 'startsOn', row.require('startsOn', row.date('startsOn')), context.today)
  const endsOn = notBefore(row, 'endsOn', row.require('endsOn', row.date('endsOn')), 'startsOn', startsOn)
  const plannedHours = withinHours(row, row.require('plannedHours', row.hours('plannedHours')))
  return {
    academyId: readAcademy(row, context),
    classCode: row.require('classCode', row.code('classCode')),
    className: row.require('className', row.text('className')),
    mode,
    occupation: readOccupation(row, context),
    startsOn: startsOn ?? undefined,
    endsOn: endsOn ?? undefined,
    plannedHours,
    plannedPracticalHours: readPlannedPractical(row, mode, plannedHours),
  }
}

function readAcademy(row: RowCells, { academies, onlyAcademyId }: RowContext): string | undefined {
  const code = row.require('academyCode', row.code('academyCode'))
  if (code === undefined) return undefined
  const id = academies.get(code)
  if (id === undefined) return row.note(problem('academyCode', 'academyUnknown', quotable(code)))
  if (onlyAcademyId !== null && id !== onlyAcademyId)
    return row.note(problem('academyCode', 'academyOther', quotable(code)))
  return id
}

function readOccupation(row: RowCells, { occupations }: RowContext): ClassPart['occupation'] | undefined {
  const code = row.require('occupationCode', row.code('occupationCode'))
  if (code === undefined) return undefined
  if (code === NO_OCCUPATION) return null
  const known = normaliseCode(code)
  const edition = occupations.get(known)
  if (edition === undefined) return row.note(problem('occupationCode', 'occupationUnknown', quotable(code)))
  return { code: known, edition }
}

function withinHours(row: RowCells, hours: number | undefined): number | undefined {
  if (hours === undefined) return undefined
  if (hours <= 0) return row.note(problem('plannedHours', 'hoursLeast', String(hours), '0.5'))
  return hours > MOST_HOURS ? row.note(problem('plannedHours', 'hoursMost', String(hours), String(MOST_HOURS))) : hours
}

/** Column 9: with 混合 from 0.5 to column 8; empty otherwise. */
function readPlannedPractical(row: RowCells, mode: ClassPart['mode'] | undefined, plannedHours: Read<number>) {
  const field = 'plannedPracticalHours'
  if (mode === undefined) return undefined
  if (mode !== 'mixed') {
    row.forbid(field, problem(field, 'onlyFor', headerOf('mode'), MODE_WORDS.mixed[0]))
    return null
  }
  const missing = problem(field, 'requiredFor', headerOf('mode'), MODE_WORDS.mixed[0])
  const hours = row.require(field, row.hours(field), missing)
  if (hours === undefined) return undefined
  if (hours < 0.5) return row.note(problem(field, 'hoursLeast', String(hours), '0.5'))
  if (typeof plannedHours === 'number' && hours > plannedHours)
    return row.note(problem(field, 'hoursAbove', String(hours), headerOf('plannedHours'), String(plannedHours)))
  return hours
}
