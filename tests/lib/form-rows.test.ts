import { expect, test } from 'vitest'
import { readFormRows } from '#app/lib/form-rows.ts'

const ID = '0192f000-0000-7000-8000-000000000001'

test('rows of a form are read by their ids; names with anything else, files and foreign fields are ignored', () => {
  const form = new FormData()
  form.set(`hours.${ID}`, '8')
  form.set('hours.1 or 1=1', '9')
  form.set(`secret.${ID}`, 'x')
  form.set(`was.${ID}`, new File(['x'], 'x.txt'))
  expect(readFormRows(form, ['hours', 'was'])).toEqual([{ id: ID, hours: '8', was: '' }])
})

test('a flood of rows is cut, and so is a flood of text', () => {
  const form = new FormData()
  for (let i = 0; i < 500; i++)
    form.set(`hours.0192f000-0000-7000-8000-${String(i).padStart(12, '0')}`, 'x'.repeat(10_000))
  const rows = readFormRows(form, ['hours'])
  expect(rows).toHaveLength(200)
  expect(rows[0]?.hours).toHaveLength(500)
})
