import type { HonourScope, InstructorTitle, Level } from '#db/values.ts'

/** An instructor of the demo, as an academy would enter it. */
export type DemoInstructor = {
  academy: string
  name: string
  employer?: string
  /** The one with the demo's instructor account. */
  isTeacher?: boolean
  titles: readonly (readonly [InstructorTitle, HonourScope | '', string])[]
  /** Occupation, level, valid from and to. */
  teaches: readonly (readonly [string, Level, string, string?])[]
}

/** The instructors of the academies that have practical classes open in the small demo, enough for these classes. */
export const DEMO_INSTRUCTORS: readonly DemoInstructor[] = [
  {
    academy: 'GZQC',
    name: '周慧玲',
    isTeacher: true,
    titles: [
      ['senior_technician', '', '电工一级/高级技师职业技能等级证书，2019年'],
      ['craftsman', 'city', '羊城工匠（演示），2022年'],
    ],
    teaches: [['6-31-01-03', 'l3', '2024-01-01']],
  },
  {
    academy: 'GZQC',
    name: '冯国强',
    employer: '某汽车制造企业（演示）',
    titles: [['model_worker', 'provincial', '省劳动模范（演示），2020年']],
    teaches: [
      ['6-31-07-03', 'l3', '2024-01-01'],
      ['6-31-01-03', 'l4', '2025-03-01', '2028-02-29'],
    ],
  },
  {
    academy: 'GZQC',
    name: '罗敏',
    titles: [['technician', '', '工业机器人系统操作员二级/技师，2023年']],
    teaches: [['6-31-07-03', 'l4', '2025-01-01']],
  },
  {
    academy: 'GZQC',
    name: '邓伟明',
    titles: [['engineer', '', '电气工程师，2018年']],
    teaches: [['6-31-01-03', 'l5', '2022-01-01', '2025-12-31']],
  },
  {
    academy: 'FSTC',
    name: '李建平',
    titles: [['skill_master', 'provincial', '省技术能手（演示），2021年']],
    teaches: [['6-18-02-04', 'l3', '2024-01-01']],
  },
  {
    academy: 'DGMJ',
    name: '梁志豪',
    titles: [['senior_technician', '', '车工一级/高级技师，2020年']],
    teaches: [['6-18-01-07', 'l3', '2024-01-01']],
  },
]
