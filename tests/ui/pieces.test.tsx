import { expect, test } from 'vitest'
import { AnswerLine } from '#app/ui/answer-line.tsx'
import { Badge } from '#app/ui/badge.tsx'
import { BulletBar, share } from '#app/ui/bullet-bar.tsx'
import { Choice } from '#app/ui/choice.tsx'
import { errorKind } from '#app/ui/error-page.tsx'
import { ErrorSummary } from '#app/ui/error-summary.tsx'
import { TextField } from '#app/ui/field.tsx'
import { ICONS } from '#app/ui/icons.ts'
import { Steps } from '#app/ui/lists.tsx'
import { Pick } from '#app/ui/pick.tsx'
import { Progress } from '#app/ui/progress.tsx'
import { Table } from '#app/ui/table.tsx'
import { html } from './support.tsx'

test('a badge says its verdict by icon, word and colour, never by colour alone', () => {
  for (const tone of ['met', 'warn', 'miss', 'none'] as const) {
    const badge = html(<Badge tone={tone}>未达标</Badge>)
    expect(badge).toContain('<svg')
    expect(badge).toContain('未达标')
  }
  const icons = (['met', 'warn', 'miss', 'none'] as const).map(
    (tone) => html(<Badge tone={tone}>x</Badge>).match(/d="([^"]+)"/)?.[1],
  )
  expect(new Set(icons).size).toBe(4)
})

test('a bullet bar is read aloud in words', () => {
  const bar = html(<BulletBar value={1842} target={2000} label="1,842人，目标2,000人" />)
  expect(bar).toContain('role="img"')
  expect(bar).toContain('aria-label="1,842人，目标2,000人"')
})

test('a bar never leaves its track, whatever the figures', () => {
  expect(share(3, 2)).toBe(100)
  expect(share(-2.5, 5)).toBe(0)
  expect(share(0, 0)).toBe(0)
  expect(share(5, 0)).toBe(100)
  expect(html(<BulletBar value={-3} target={5} label="x" />)).toContain('width="0"')
  expect(html(<Progress value={9} max={8} label="x" />)).toContain('class="on" width="100"')
})

test('a target of one and a half of which is the end of the bar stands at two thirds', () => {
  expect(html(<BulletBar value={1000} target={2000} label="x" />)).toContain('d="M66.67 0v8"')
})

test('a field with an error points to its hint and its error', () => {
  const field = html(<TextField name="phone" label="手机号" hint="11位" error={['少了1位。']} defaultValue="138" />)
  expect(field).toContain('for="phone"')
  expect(field).toContain('aria-describedby="phone-h phone-e"')
  expect(field).toContain('aria-invalid="true"')
  expect(field).toContain('value="138"')
})

test('a field without an error says nothing about errors', () => {
  const field = html(<TextField name="phone" label="手机号" error={[]} />)
  expect(field).not.toContain('aria-invalid')
  expect(field).not.toContain('aria-describedby')
})

test('each of several selects has its own label, and begins without a choice', () => {
  const options = ['1', '2'].map((value) => ({ value, label: value }))
  const pick = html(<Pick id="q-0" name="q" label="验电" empty="序号" options={options} isNarrow />)
  expect(pick).toContain('<label for="q-0">验电</label>')
  expect(pick).toContain('<option value="" selected="">序号</option>')
  expect(pick).not.toContain('aria-invalid')
})

test('what was answered says in words whether it is right, and nothing where that is not told', () => {
  expect(
    html(
      <AnswerLine verdict="wrong" verdictWord="不对">
        36
      </AnswerLine>,
    ),
  ).toMatch(/36.*<svg.*不对/)
  expect(html(<AnswerLine>36</AnswerLine>)).toBe('<div class="said">36</div>')
})

test('the error summary links to the fields and is absent without errors', () => {
  const summary = html(<ErrorSummary errors={[{ id: 'phone', message: '手机号少了1位' }]} />)
  expect(summary).toContain('href="#phone"')
  expect(summary).toContain('有1处需要改')
  expect(html(<ErrorSummary errors={[]} />)).toBe('')
})

test('an answered option says right or wrong in words', () => {
  expect(html(<Choice type="radio" label="验电" verdict="wrong" verdictWord="不对" />)).toContain('不对')
})

test('a step that is done says so to those who do not see its tick', () => {
  expect(html(<Steps steps={[{ title: '报名成功', state: 'done' }]} />)).toContain('已完成')
  expect(html(<Steps steps={[{ title: 'Enrolled', state: 'done' }]} />, 'en')).toContain('done')
})

test('a table that becomes cards keeps its roles and labels every value', () => {
  const table = html(
    <Table
      caption="学员"
      isCards
      rows={[{ name: '张*', hours: 16 }]}
      rowKey={(row) => row.name}
      columns={[
        { key: 'name', head: '姓名', isRowHead: true, cell: (row) => row.name },
        { key: 'hours', head: '学时', isNumeric: true, cell: (row) => row.hours },
      ]}
    />,
  )
  for (const role of ['table', 'rowgroup', 'row', 'columnheader', 'rowheader', 'cell']) {
    expect(table).toContain(`role="${role}"`)
  }
  expect(table).toContain('data-label="学时"')
  expect(table).toContain('class="r"')
})

test('no piece carries an inline style', () => {
  const pieces = html(
    <>
      <Badge tone="met">达标</Badge>
      <BulletBar value={1} target={2} label="x" />
      <Progress value={1} max={2} label="x" />
      <TextField name="a" label="b" error="c" />
    </>,
  )
  expect(pieces).not.toMatch(/\sstyle=/)
})

test('every icon is one path within its grid', () => {
  for (const path of Object.values(ICONS)) expect(path).toMatch(/^M[\d\sa-zA-Z.-]+$/)
})

test('every refusal has its own sentence, and what is unknown is not blamed on the reader', () => {
  expect([400, 403, 404, 413, 429, 503].map(errorKind)).toEqual([
    'badRequest',
    'forbidden',
    'notFound',
    'tooLarge',
    'tooMany',
    'unavailable',
  ])
  expect(errorKind(418)).toBe('badRequest')
  expect(errorKind(500)).toBe('failed')
  expect(errorKind(599)).toBe('failed')
})
