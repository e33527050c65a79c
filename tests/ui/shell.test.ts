import { expect, test } from 'vitest'
import { staffNav } from '#app/routes/shell/staff-shell.tsx'
import { staffWords } from '#app/routes/shell/staff-words.ts'
import { shellKind, startPath, type ViewerSummary } from '#app/routes/shell/viewer.ts'
import { words } from '#app/routes/shell/words.ts'
import { ROLES } from '#db/values.ts'

const viewer = (role: ViewerSummary['role']): ViewerSummary => ({
  name: '',
  role,
  academyCode: 'GD-FS-01',
  academyName: null,
  unionName: null,
})

test('a worker and a visitor always have the phone; staff have the desk for their own pages', () => {
  expect(shellKind('routes/academy/overview', null)).toBe('phone')
  expect(shellKind('routes/academy/overview', viewer('worker'))).toBe('phone')
  expect(shellKind('routes/auth/me', viewer('worker'))).toBe('phone')
  expect(shellKind('routes/auth/me', viewer('instructor'))).toBe('desk')
  expect(shellKind('routes/union/province', viewer('sponsor_reviewer'))).toBe('desk')
  expect(shellKind('routes/site/home', viewer('academy_admin'))).toBe('phone')
  expect(shellKind(undefined, viewer('operator'))).toBe('phone')
})

test('a class of the desk lights up the classes, its file, its group and its closing too', () => {
  const { academyCode } = viewer('academy_admin')
  for (const role of ['academy_admin', 'instructor'] as const)
    for (const path of ['manage/classes/1', 'classes/1/file', 'classes/1/group', 'classes/1/closing']) {
      const items = staffNav(
        { ...words['zh-CN'], ...staffWords['zh-CN'] },
        viewer(role),
        `/academies/${academyCode}/${path}`,
      )
      const current = items.filter(({ isCurrent }) => isCurrent).map(({ to }) => to)
      expect(current, path).toEqual([`/academies/${academyCode}/manage/classes`])
    }
})

test('every member of staff starts at a place that the rail shows as where they are', () => {
  for (const role of ROLES.filter((one) => one !== 'worker')) {
    const start = startPath(viewer(role))
    const current = staffNav({ ...words['zh-CN'], ...staffWords['zh-CN'] }, viewer(role), start).filter(
      (item) => item.isCurrent,
    )
    expect(
      current.map((item) => item.to),
      role,
    ).toEqual([start])
  }
})
