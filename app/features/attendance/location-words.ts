import { defineWords } from '#app/lib/i18n.ts'

/** The rough position on checking in: the class's setting, the worker's button, the sheet's line. */
export const locationWords = defineWords(
  {
    ask: {
      what: '本班请学员签到时附上大概位置（精确到约100米），只有本班教师和学院能看到，签到表锁定后删除。不附也能签到。',
      button: '附上大概位置',
      asking: '正在取位置…',
      taken: '已附上大概位置，请点签到或签退。',
      failed: '没有取到位置，不影响签到，请直接点按钮。',
    },
    setting: {
      title: '签到时请学员附上位置',
      off: '现在不请学员附位置。打开后，学员签到时可以自愿附上大概位置（精确到约100米），作为旁证；不附也能签到，不影响学时。签到表锁定后删除。',
      on: '现在请学员自愿附上大概位置，只有本班教师和学院在签到表上能看到。不附也能签到，不影响学时。签到表锁定后删除。',
      turnOn: '打开',
      turnOff: '关闭',
    },
    at: (act: 'in' | 'out', latitude: number, longitude: number, accuracy: number) =>
      `${act === 'in' ? '签到' : '签退'}位置约为北纬${latitude}、东经${longitude}（误差约${accuracy}米）`,
  },
  {
    ask: {
      what: 'This class asks for your rough position (to about 100 m) when you check in. Only its instructors and the academy see it, and it is removed when the sheet is locked. You can check in without it.',
      button: 'Add my rough position',
      asking: 'Looking for the position …',
      taken: 'Your rough position is added. Now check in or out.',
      failed: 'There is no position. That does not matter: just press the button.',
    },
    setting: {
      title: 'Position on checking in',
      off: 'Workers are not asked. Once turned on, they may add their rough position (to about 100 m) as evidence; they can check in without it, and no hours depend on it. It is removed when the sheet is locked.',
      on: 'Workers may add their rough position; only the class’s instructors and the academy see it, on the sheet. They can check in without it, and no hours depend on it. It is removed when the sheet is locked.',
      turnOn: 'Turn on',
      turnOff: 'Turn off',
    },
    at: (act, latitude, longitude, accuracy) =>
      `Checked ${act} at about ${latitude}° N, ${longitude}° E (give or take ${accuracy} m)`,
  },
)
