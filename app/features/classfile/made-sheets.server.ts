import { attendanceWords } from '#app/features/attendance/words.ts'
import { words as certificationWords } from '#app/features/certification/words.ts'
import { namedSitting } from '#app/features/training/assessment-say.ts'
import type { Sitting } from '#app/features/training/assessment-sittings.server.ts'
import { assessmentWords } from '#app/features/training/assessment-words.ts'
import type { HeldSession } from '#app/features/training/session-held.server.ts'
import { sessionWords } from '#app/features/training/session-words.ts'
import { shanghaiInstant } from '#app/lib/calendar.ts'
import { words as dateWords } from '#app/lib/date-words.ts'
import { type SheetColumn, sheetWorkbook } from '#app/lib/sheet.server.ts'
import { type Made, type MadeCertificate, type MadeScore, type MadeWorker, markKey } from './made.server.ts'
import type { MadePart } from './parts.ts'
import { classFileWords } from './words.ts'

/**
 * The tables that the system makes for a class's file. They are records of a Chinese office whoever takes them out: always in
 * Chinese, so that two who take out the same file have the same.
 */
const w = classFileWords['zh-CN'].sheets
const { marks, unmarked, own } = attendanceWords['zh-CN']
const { results, types, levels } = certificationWords['zh-CN']
const { kinds } = sessionWords['zh-CN']
const plan = assessmentWords['zh-CN']
const d = dateWords['zh-CN']

/** A part's table as an .xlsx, in pieces. */
export function madeSheet(part: MadePart, made: Made): AsyncGenerator<Buffer> {
  const name = madeName(part)
  switch (part) {
    case 'timetable':
      return timetable(name, made)
    case 'sign_in':
      return attendance(name, made)
    case 'scores':
      return scoreBook(name, made)
    case 'receipts':
      return receipts(name, made)
  }
}

/** What a part's table is called, without its ending. */
export const madeName = (part: MadePart): string => w.names[part]

/** A line of the timetable: a session, or a sitting of the assessment plan, which counts no hours and has nobody who teaches. */
type Line = Pick<HeldSession, 'date' | 'from' | 'to' | 'topic' | 'site'> & {
  hours: number | null
  kind: string | null
  instructors: string | null
  note: string | null
}

function timetable(name: string, { sessions, sittings }: Made) {
  const lines = [...sessions.map((session) => sessionLine(session, sessions)), ...sittings.map(sittingLine)]
  const rows = lines.map((line, at) => ({ ...line, number: at + 1 }))
  type Row = (typeof rows)[number]
  const columns: SheetColumn<Row>[] = [
    { head: w.number, value: ({ number }) => number },
    { head: w.date, width: 12, value: ({ date }) => date },
    { head: w.weekday, value: ({ date }) => d.weekday(date) },
    { head: w.time, width: 14, value: ({ from, to }) => `${from}—${to}` },
    { head: w.hours, value: ({ hours }) => hours },
    { head: w.kind, value: ({ kind }) => kind },
    { head: w.topic, width: 30, value: ({ topic }) => topic },
    { head: w.site, width: 20, value: ({ site }) => site },
    { head: w.instructors, width: 16, value: ({ instructors }) => instructors },
    { head: w.note, width: 20, value: ({ note }) => note },
  ]
  return sheetWorkbook(name, columns, rows)
}

function sessionLine(session: HeldSession, all: readonly HeldSession[]): Line {
  const { date, from, to, topic, site, status, kind } = session
  const made = all.find(({ id }) => id === session.makesUpForId)
  const isOff = status === 'cancelled'
  return {
    ...{ date, from, to, topic, site },
    hours: status === 'planned' ? session.hours : null,
    kind: kind ? kinds[kind] : null,
    instructors: d.list(session.instructors.map(({ name }) => name)),
    note: isOff ? w.cancelled(session.cancelReason ?? '') : made ? w.makesUp(made.date) : null,
  }
}

function sittingLine(sitting: Sitting): Line {
  const { date, from, to, place, assessors, cancelReason } = sitting
  const who = assessors.length > 0 ? w.assessors(d.list(assessors)) : null
  return {
    ...{ date, from, to, site: place, hours: null, instructors: null },
    kind: w.assessment,
    topic: namedSitting('zh-CN', sitting),
    note: cancelReason === null ? who : plan.isCancelled(cancelReason),
  }
}

const person = <R>(worker: (row: R) => MadeWorker): SheetColumn<R>[] => [
  { head: w.name, width: 12, value: (row) => worker(row).name },
  { head: w.document, width: 22, value: (row) => worker(row).document },
  { head: w.employer, width: 28, value: (row) => worker(row).employer },
]

/** One column per session that takes place, in the order of time. */
function attendance(name: string, { at, sessions, workers, marks: given }: Made) {
  const rows = workers.map((worker, at) => ({ worker, number: at + 1 }))
  type Row = (typeof rows)[number]
  const columns: SheetColumn<Row>[] = [
    { head: w.number, value: ({ number }) => number },
    ...person<Row>(({ worker }) => worker),
    ...sessions
      .filter(({ status }) => status === 'planned')
      .map(({ id, date, from, to }) => {
        const none = shanghaiInstant(date, to) > at ? own.ahead : unmarked
        return {
          head: `${date} ${from}`,
          width: 18,
          value: ({ worker }: Row) => {
            const mark = given.get(markKey(id, worker.enrolmentId))
            return mark ? marks[mark] : none
          },
        }
      }),
    { head: w.attended, value: ({ worker }) => worker.hoursAttended },
  ]
  return sheetWorkbook(name, columns, rows)
}

/** A row per attempt; who has none stands there too. */
function scoreBook(name: string, { workers, scores }: Made) {
  const rows = workers.flatMap((worker): { worker: MadeWorker; score: MadeScore | null }[] => {
    const own = scores.filter(({ enrolmentId }) => enrolmentId === worker.enrolmentId)
    return own.length === 0 ? [{ worker, score: null }] : own.map((score) => ({ worker, score }))
  })
  type Row = (typeof rows)[number]
  const columns: SheetColumn<Row>[] = [
    { head: w.number, value: ({ worker }) => workers.indexOf(worker) + 1 },
    ...person<Row>(({ worker }) => worker),
    { head: w.assessedOn, width: 12, value: ({ score }) => score?.assessedOn ?? null },
    { head: w.theory, value: ({ score }) => score?.theory ?? null },
    { head: w.practical, value: ({ score }) => score?.practical ?? null },
    { head: w.result, value: ({ score }) => (score ? results[score.result] : w.noResult) },
  ]
  return sheetWorkbook(name, columns, rows)
}

/** A row per valid certificate, with room to sign for it. */
function receipts(name: string, { workers, certificates }: Made) {
  const rows = workers.flatMap((worker) =>
    certificates
      .filter(({ enrolmentId }) => enrolmentId === worker.enrolmentId)
      .map((one): { worker: MadeWorker; one: MadeCertificate } => ({ worker, one })),
  )
  type Row = (typeof rows)[number]
  const columns: SheetColumn<Row>[] = [
    { head: w.number, value: (row) => rows.indexOf(row) + 1 },
    ...person<Row>(({ worker }) => worker),
    { head: w.type, width: 20, value: ({ one }) => types[one.type] },
    { head: w.certificate, width: 28, value: ({ one }) => one.number },
    { head: w.level, width: 16, value: ({ one }) => (one.level ? levels[one.level] : null) },
    { head: w.issuedOn, width: 12, value: ({ one }) => one.issuedOn },
    { head: w.received, width: 16, value: () => null },
    { head: w.receivedOn, width: 14, value: () => null },
  ]
  return sheetWorkbook(name, columns, rows)
}
