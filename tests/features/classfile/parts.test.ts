import { expect, test } from 'vitest'
import { countMissing, documentName, type Known, partNumber, partStates } from '#app/features/classfile/parts.ts'

const known: Known = {
  ...{ today: '2026-11-30', startsOn: '2026-11-21', endsOn: '2026-11-22', hasOccupation: true },
  ...{ sessions: 4, over: 4, unclosed: 0, enrolled: 30, assessed: 30, pending: 0, certificates: 28 },
  added: { notice: 1, photographs: 3, papers: 1, receipts: 1 },
  none: {},
}
const said = (given: Partial<Known>) =>
  Object.fromEntries(
    partStates({ ...known, ...given })
      .filter(({ state }) => state !== 'there')
      .map(({ part, state, lack, n }) => [part, lack ? `${state}: ${lack} ${n}` : state]),
  )

test('a file in which everything lies lacks nothing, in its fixed order', () => {
  expect(said({})).toEqual({})
  expect(partStates(known).map(({ part }) => `${partNumber(part)} ${part}`)).toEqual([
    ...['01 notice', '02 timetable', '03 sign_in', '04 photographs', '05 papers', '06 scores', '07 receipts'],
  ])
})

test('what is missing is missed when its time has come, and not before', () => {
  const nothing = { sessions: 0, over: 0, enrolled: 0, assessed: 0, certificates: 0, added: {} }
  expect(countMissing(partStates({ ...known, ...nothing, today: '2026-11-20' }))).toBe(0)
  expect(said({ ...nothing, today: '2026-11-21' })).toMatchObject({
    ...{ notice: 'missing: no_document 1', timetable: 'missing: no_session 1' },
    ...{ photographs: 'later: no_document 1', papers: 'later: no_document 1', scores: 'later: no_result 1' },
  })
  // The class's last day is still the class.
  expect(said({ added: {}, today: '2026-11-22' })).toMatchObject({ papers: 'later: no_document 1' })
  expect(said({ added: {}, today: '2026-11-23' })).toMatchObject({ papers: 'missing: no_document 1' })
  expect(said({ ...nothing, sessions: 4, over: 1, today: '2026-11-21' }).photographs).toBe('missing: no_document 1')
})

test('sheets that are not closed, workers without a result and certificates not issued are counted', () => {
  expect(said({ unclosed: 2 })).toEqual({ sign_in: 'missing: unclosed 2' })
  expect(said({ assessed: 27, pending: 3 })).toEqual({
    ...{ scores: 'missing: no_result 3', receipts: 'missing: pending 3' },
  })
  expect(said({ added: { ...known.added, receipts: 0 } })).toEqual({ receipts: 'missing: unsigned 1' })
})

test('a class that examines nobody needs no papers, scores and receipts; where nobody passed there is nothing to receive', () => {
  const none = { assessed: 0, certificates: 0, added: { notice: 1, photographs: 1 } }
  expect(said({ ...none, hasOccupation: false })).toEqual({
    ...{ papers: 'not_needed', scores: 'not_needed', receipts: 'not_needed' },
  })
  expect(said({ certificates: 0, added: { ...known.added, receipts: 0 } })).toEqual({ receipts: 'not_needed' })
})

test('a document has a name that every system can unpack, with the ending of what it is', () => {
  expect(documentName('开班通知 (盖章).PDF', 'pdf')).toBe('开班通知 (盖章).pdf')
  expect(documentName('..\\..\\a/b:c*?"<>|\u202e.exe', 'jpg')).toBe('a b c.jpg')
  expect(documentName('.pdf', 'pdf')).toBe('document.pdf')
  expect([...documentName('长'.repeat(300), 'docx')]).toHaveLength(85)
})

test('a document that there is none of, for a reason, is not missed; what the system knows to be missing still is, and what lies there is there', () => {
  const none = { papers: '线上考试', receipts: '直接邮寄' }
  expect(said({ added: { notice: 1, photographs: 1 }, none })).toEqual({ papers: 'none', receipts: 'none' })
  expect(countMissing(partStates({ ...known, added: { notice: 1, photographs: 1 }, none }))).toBe(0)
  expect(said({ none, pending: 2 })).toEqual({ receipts: 'missing: pending 2' })
  expect(said({ none })).toEqual({})
  expect(partStates({ ...known, added: {}, none }).find(({ part }) => part === 'papers')?.because).toBe('线上考试')
})
