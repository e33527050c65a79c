import { expect, test } from 'vitest'
import { fillResults } from '#app/features/certification/pasted-results.ts'

const listed = [
  { id: 'a', name: '张合成', document: '440308********1234' },
  { id: 'b', name: '李合成', document: '440308********5678' },
  { id: 'c', name: '李合成', document: '440308********567X' },
  { id: 'd', name: '阿依古丽·买买提', document: null },
]
const fill = (...lines: string[]) => fillResults(lines.join('\r\n'), listed)
const faults = (...lines: string[]) => fill(...lines).faults.map(({ line, fault }) => [line, fault])

test('columns stand in any order under their heads, titles and other columns aside', () => {
  expect(
    fill('11月28日考核', '序号\t实操成绩（100分）\t单位\t姓名\t理论 成绩\t结果', '1\t59.5\t某厂\t张合成\t80\t不合格'),
  ).toMatchObject({ count: 1, fields: { 'practical.a': '59.5', 'theory.a': '80', 'result.a': 'failed' }, faults: [] })
})

test('without heads the table’s own order counts: name, document, theory, practice, result', () => {
  expect(fill('张合成\t1234\t80\t70\t').fields).toEqual({ 'theory.a': '80', 'practical.a': '70' })
  expect(fill('1\t张合成\t80\t70').fields).toEqual({ 'theory.a': '80', 'practical.a': '70' })
})

test('lines without names are the rows of the table, from the cell that was pasted into', () => {
  expect(fill('80\t70', '', '60\t\t缺考').fields).toEqual({
    ...{ 'theory.a': '80', 'practical.a': '70' },
    ...{ 'theory.c': '60', 'result.c': 'absent' },
  })
  expect(fillResults('77\n78', listed, { row: 2, cell: 'practical' }).fields).toEqual({
    'practical.c': '77',
    'practical.d': '78',
  })
  expect(fillResults('77\n78', listed, { row: 3, cell: 'theory' }).faults).toMatchObject([{ line: 2, fault: 'no_row' }])
})

test('namesakes are told apart by the document, whole, covered or its ending alone', () => {
  expect(faults('姓名\t理论', '李合成\t80')).toEqual([[2, 'ambiguous']])
  for (const document of ['5678', '440308199001015678', '440308********5678', "'440308199001015678"])
    expect(fill('姓名\t身份证号\t理论', `李合成\t${document}\t80`).fields).toEqual({ 'theory.b': '80' })
  expect(fill('姓名\t身份证号\t理论', '李合成\t567x\t80').fields).toEqual({ 'theory.c': '80' })
  expect(faults('姓名\t身份证号\t理论', '张合成\t1235\t80')).toEqual([[2, 'other_document']])
  expect(faults('姓名\t身份证号\t理论', '张合成\t110101199001011234\t80')).toEqual([[2, 'other_document']])
})

test('a line about nobody on the list, or about somebody a second time, is told with its number, and the others are filled in', () => {
  const pasted = fill('姓名\t理论', '张合成\t80', '赵合成\t90', '张 合成\t81', '阿依古丽•买买提\t缺考', '')
  expect(pasted.faults).toMatchObject([
    { line: 3, fault: 'unknown_name', text: '赵合成 90' },
    { line: 4, fault: 'twice' },
  ])
  expect(pasted.fields).toEqual({ 'theory.a': '80', 'result.d': 'absent' })
})

test('what is no score is filled in as it is, to be told at its cell', () => {
  expect(fill('姓名\t理论\t结果', '张合成\t八十\t优秀').fields).toEqual({ 'theory.a': '八十', 'result.a': '优秀' })
})
