import { expect, test } from 'vitest'
import { DeclareFields } from '#app/features/training/declare-fields.tsx'
import { readDeclared } from '#app/features/training/declared.ts'
import { html } from '#tests/ui/support.tsx'

const years = (typed: string) => {
  const form = new FormData()
  form.set('yearsOfWork', typed)
  return readDeclared(form).yearsOfWork
}

test('years of work are whole, from none to eighty; what is none of these counts as not said, and is never cut to another number', () => {
  expect([' 5 ', '0', '80'].map(years)).toEqual([5, 0, 80])
  for (const wrong of ['', 'abc', '3.5', '-1', '81', '300', '0300']) expect(years(wrong)).toBeUndefined()
  expect(html(<DeclareFields rules={['years']} before={{}} missing={[]} />)).toContain('maxLength="3"')
})

test('who typed something else than whole years reads what is wanted, not that nothing was filled in', () => {
  const form = html(<DeclareFields rules={['employer', 'years']} before={{}} missing={['years']} />)
  expect(form).toContain('请填整年数，0至80，例如：5')
  expect(form).not.toContain('请填写这一项')
})
