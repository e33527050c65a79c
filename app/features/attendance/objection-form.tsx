import { shanghaiTime, yearOf } from '#app/lib/calendar.ts'
import { words as dateWords } from '#app/lib/date-words.ts'
import { Badge } from '#app/ui/badge.tsx'
import { Card, Section } from '#app/ui/card.tsx'
import { TextAreaField } from '#app/ui/field.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { PostForm } from '#app/ui/post-form.tsx'
import { Row, RowMeta, Rows } from '#app/ui/rows.tsx'
import { SubmitButton } from '#app/ui/submit-button.tsx'
import { Marked } from './marked.tsx'
import type { ObjectFault } from './object.server.ts'
import { LONGEST_OBJECTION, OBJECTION_TONES, objectionPath } from './objection.ts'
import type { OwnSheet } from './objection-own.server.ts'
import { objectionWords } from './objection-words.ts'
import { sessionWhen } from './session-when.ts'
import { attendanceWords } from './words.ts'

type Props = { sheet: OwnSheet; today: string }

/** How the sheet marked the worker, what became of the last objection, and the form to object to it while there is time. */
export function ObjectionForm({
  sheet,
  today,
  returned,
}: Props & { returned: { fault: ObjectFault; text: string } | null }) {
  const { own: w, faults } = useWords(objectionWords)
  const d = useWords(dateWords)
  const until = d.day(sheet.until, yearOf(today))
  return (
    <Card title={sessionWhen(d, sheet, today)}>
      <div className="stack">
        <Said sheet={sheet} />
        <Objection sheet={sheet} today={today} />
        {sheet.mayObject ? (
          <PostForm className="form" noValidate>
            <input type="hidden" name="session" value={sheet.sessionId} />
            <p>{w.until(until)}</p>
            <TextAreaField
              name="text"
              label={w.text}
              hint={w.textHint}
              maxLength={LONGEST_OBJECTION}
              defaultValue={returned?.text}
              error={returned && faults[returned.fault]}
            />
            <p className="soft small">{w.once}</p>
            <div>
              <SubmitButton isWide isTall>
                {w.send}
              </SubmitButton>
            </div>
          </PostForm>
        ) : (
          !sheet.objection && <p>{w.late(until)}</p>
        )}
      </div>
    </Card>
  )
}

function Said({ sheet }: { sheet: OwnSheet }) {
  const { own: w } = useWords(objectionWords)
  const d = useWords(dateWords)
  const clock = (at: Date | null) => (at ? d.time(shanghaiTime(at)) : '')
  return (
    <p>
      <span className="soft">{sheet.className}</span>
      <br />
      <Marked mark={sheet.mark} />{' '}
      <small className="soft">
        {[w.hours(sheet.counted), w.times(clock(sheet.checkedInAt), clock(sheet.checkedOutAt))]
          .filter(Boolean)
          .join(' · ')}
      </small>
    </p>
  )
}

function Objection({ sheet: { objection }, today }: Props) {
  const { own: w, states } = useWords(objectionWords)
  const { marks, unmarked } = useWords(attendanceWords)
  const d = useWords(dateWords)
  if (!objection) return null
  const { state, text, mark, answer, objectedAt } = objection
  return (
    <>
      <p className="written">{text}</p>
      <p className="spread">
        <small className="soft">
          {d.instant(objectedAt, yearOf(today))} · {w.marked(mark ? marks[mark] : unmarked)}
        </small>
        <Badge tone={OBJECTION_TONES[state]}>{states[state]}</Badge>
      </p>
      {answer && <p>{w.answer(answer)}</p>}
    </>
  )
}

/** The sheets that may be objected to, each leading to its form; and the objections that were made. */
export function OwnSheets({ sheets, today }: { sheets: readonly OwnSheet[]; today: string }) {
  const { own: w } = useWords(objectionWords)
  const d = useWords(dateWords)
  const open = sheets.filter((sheet) => sheet.mayObject)
  const made = sheets.filter(({ objection, mayObject }) => objection !== null && !mayObject)
  return (
    <>
      {open.length > 0 && (
        <Section title={w.may}>
          <Card>
            <Rows>
              {open.map((sheet) => (
                <Row key={sheet.sessionId} to={objectionPath(sheet.sessionId)} title={sessionWhen(d, sheet, today)}>
                  <RowMeta>
                    {sheet.className} <Marked mark={sheet.mark} />
                  </RowMeta>
                  <RowMeta>{w.until(d.day(sheet.until, yearOf(today)))}</RowMeta>
                </Row>
              ))}
            </Rows>
          </Card>
        </Section>
      )}
      {made.length > 0 && (
        <Section title={w.mine}>
          <div className="stack">
            {made.map((sheet) => (
              <ObjectionForm key={sheet.sessionId} sheet={sheet} today={today} returned={null} />
            ))}
          </div>
        </Section>
      )}
    </>
  )
}
