import { expect, test } from 'vitest'
import { DeclareFields } from '#app/features/training/declare-fields.tsx'
import { readDeclared } from '#app/features/training/declared.ts'
import { html } from '#tests/ui/support.tsx'

const years = (typed: string) => {
  const form = new FormData()
  form.set('yearsOfWork', typed)
  return readDeclared(form).yearsOfWork
}

test('years of work are whole, from none to eighty; what is none of these is asked again, and is never cut to another number', () => {
  expect([' 5 ', '0', '80'].map(years)).toEqual([5, 0, 80])
  for (const wrong of ['', 'abc', '3.5', '-1', '81', '300', '0300']) expect(years(wrong)).toBeNull()
  expect(readDeclared(new FormData())).toEqual({})
  expect(html(<DeclareFields rules={['years']} before={{}} missing={[]} />)).toContain('maxLength="3"')
})

test('who typed something else than whole years reads what is wanted, not that nothing was filled in', () => {
  const form = html(<DeclareFields rules={['employer', 'years']} before={{}} missing={['years']} />)
  expect(form).toContain('请填整年数，0至80，例如：5')
  expect(form).not.toContain('请填写这一项')
})

test('what was typed stands in a form that comes back, the unreadable too', () => {
  const form = html(
    <DeclareFields
      rules={['years', 'member']}
      before={{ yearsOfWork: 7, isUnionMember: false }}
      typed={{ yearsOfWork: '3.5', isUnionMember: 'yes' }}
      missing={['years']}
    />,
  )
  expect(form).toContain('value="3.5"')
  expect(form).toMatch(/<option[^>]*value="yes"[^>]*selected/)
})
