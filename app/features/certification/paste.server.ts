import type { Viewer } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { findRosterClass, listRoster } from '#app/features/training/roster.server.ts'
import { formLongText, formText, MOST_ROWS, readFormRows } from '#app/lib/form-rows.ts'
import { isId, newId } from '#app/lib/ids.ts'
import { listPassed } from './desk.server.ts'
import { fillCertificates } from './pasted-certificates.ts'
import { type FilledResults, fillResults, type PastedAnswer, toListed } from './pasted-results.ts'
import { checkResults, type ProposedResults } from './propose.server.ts'
import type { ResultEntry } from './results.ts'

/** What a pasted text came to: `fields` of the table as they are to be filled, and the text itself. `mark`: of this paste. */
export type Pasted = PastedAnswer & { text: string; mark: string; fields: Record<string, string> }

/** The rows of the table of results as they were sent. */
export const readResultRows = (form: FormData): ResultEntry[] =>
  readFormRows(form, ['theory', 'practical', 'result', 'was']).map(({ id, ...row }) => ({ ...row, enrolmentId: id }))

/**
 * Fills the page of workers that the form shows from the text pasted into it, and says what would be wrong with what it holds then;
 * nothing is written. What was typed into cells that the paste leaves alone stays. Null: no such class of the academy.
 */
export async function pasteResults(
  viewer: Viewer,
  { form, ...of }: { academyId: string; classId: string; form: FormData; now: Date },
): Promise<{ results: Extract<ProposedResults, { ok: false }> | null; pasted: Pasted } | null> {
  const [text, after] = [formLongText(form, 'pasted'), formText(form, 'after')]
  const page = { classId: of.classId, after: isId(after) ? after : null, isSeated: true, size: MOST_ROWS }
  const { rows } = await listRoster(viewer, page)
  const filled = fillResults(text, rows.map(toListed))
  const { fields } = filled
  const entries = readResultRows(form).map((row) => ({
    ...row,
    theory: fields[`theory.${row.enrolmentId}`] ?? row.theory,
    practical: fields[`practical.${row.enrolmentId}`] ?? row.practical,
    result: fields[`result.${row.enrolmentId}`] ?? row.result,
  }))
  const [reason, assessedOn] = [formText(form, 'reason'), formText(form, 'assessedOn')]
  const checked = await as(viewer, (tx) =>
    checkResults(tx, { ...of, viewer, entries, reason, assessedOn, isAffirmed: false }),
  )
  if (!checked) return null
  const pasted = pastedOf(text, filled)
  if (checked.ok) return { results: null, pasted }
  // A reason is asked for when it is handed in.
  const now = checked.faults.filter(({ fault }) => fault !== 'reason_needed')
  return { results: { ...checked, faults: now }, pasted }
}

/** Fills the page of passed workers that the form shows from the text pasted into it; nothing is written. Null: no such class of the academy. */
export async function pasteCertificates(
  viewer: Viewer,
  { academyId, classId, form, now }: { academyId: string; classId: string; form: FormData; now: Date },
): Promise<Pasted | null> {
  const [text, after] = [formLongText(form, 'pasted'), formText(form, 'after')]
  const page = { academyId, classId, after: isId(after) ? after : null }
  const found = await as(viewer, async (tx) => {
    const held = await findRosterClass(tx, { viewer, classId, now })
    return held && listPassed(tx, page)
  })
  if (!found) return null
  const { rows } = found
  const passed = rows.map((row) => ({ ...row, isCertified: row.certificates.length > 0 }))
  return pastedOf(text, fillCertificates(text, passed))
}

/** What could not be filled in stays in the text area, all of it. */
function pastedOf(text: string, { fields, count, faults }: FilledResults): Pasted {
  const isAllIn = faults.length === 0 && count > 0
  return { count, faults, fields, text: isAllIn ? '' : text, mark: newId() }
}
