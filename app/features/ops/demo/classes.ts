import type { OpenClassInput } from '#app/features/training/open-class-shape.ts'
import { addDays, shanghaiInstant, weekday, yearOf } from '#app/lib/calendar.ts'

/** A class of the demo, as the form of a new class would say it. */
export type DemoClass = {
  academy: string
  form: OpenClassInput
  /** Who teaches it, by name (instructors.ts). */
  instructors?: readonly string[]
  /** Who of the academy's own assesses its theory, beside somebody from outside. */
  assessors?: readonly string[]
}

const MORNING = { from: '09:00', to: '12:00', hours: 4 }
const AFTERNOON = { from: '14:00', to: '17:00', hours: 4 }

/** The class that runs today: its code. */
export const RUNNING = 'GZQC-DG-05'
/** A class that is closed (结班), and one that is over and not closed yet. */
export const CLOSED = 'GZQC-DG-03'
export const OVER = 'GZQC-DG-04'
/** The class of which the academy keeps a template. */
export const KEPT = 'GZQC-DG-06'

/** Classes relative to today: two that are over; one that began yesterday; open for enrolment four on a weekend to come, and two courses online until the year's end, one of them at two academies. */
export function demoClasses(today: string): DemoClass[] {
  const saturday = addDays(today, ((6 - weekday(today) + 7) % 7) + 7)
  return [
    over('GZQC', addDays(today, -24), { code: CLOSED, name: '低压电工实操班（第3期）' }),
    over('GZQC', addDays(today, -10), { code: OVER, name: '低压电工实操班（第4期）' }),
    running('GZQC', addDays(today, -1)),
    onWeekend('GZQC', addDays(saturday, 7), {
      code: KEPT,
      name: '低压电工实操班（第6期）',
      occupationCode: '6-31-01-03',
      level: 'l5',
      capacity: 30,
      requirements: ['photo', 'earlier_certificate', 'work_years'],
      siteName: '实训楼2楼203',
      siteAddress: '广州市天河区示例路18号',
      bring: '身份证原件；长袖工作服、绝缘鞋。手套和工具由学院准备。',
      classHead: '周慧玲',
      instructors: ['周慧玲'],
      classHeadPhone: '020-0000 0000',
      topics: ['安全用具与验电', '照明回路装设', '电动机控制接线', '故障排查、模拟考核'],
    }),
    onWeekend('GZQC', addDays(saturday, 14), {
      code: 'GZQC-JQR-03',
      name: '工业机器人操作与运维（第3期）',
      occupationCode: '6-31-07-03',
      level: 'l4',
      ...{ capacity: 24, needsApproval: true, hasWaitlist: true },
      ...{ eligibleCategories: ['employed', 'flexible', 'new_form'], eligibleYears: 2 },
      siteName: '实训楼1楼机器人车间',
      siteAddress: '广州市天河区示例路18号',
      bring: '身份证原件；长袖工作服、防滑鞋。',
      classHead: '周慧玲',
      instructors: ['冯国强', '罗敏'],
      assessors: ['周慧玲'],
      classHeadPhone: '020-0000 0000',
      topics: ['安全与示教器', '坐标系与点位', '搬运程序', '日常点检与排障'],
    }),
    onWeekend('FSTC', saturday, {
      code: 'FSTC-HG-11',
      name: '焊工（四级）技能提升班（第11期）',
      occupationCode: '6-18-02-04',
      level: 'l4',
      capacity: 2,
      siteName: '焊接实训中心',
      siteAddress: '佛山市禅城区示例大道6号',
      bring: '身份证原件；阻燃工作服、焊工鞋。面罩和手套由学院准备。',
      classHead: '李师傅',
      instructors: ['李建平'],
      classHeadPhone: '0757-0000 0000',
      topics: ['焊接安全与设备', '平角焊', '立焊', '外观检查、模拟考核'],
    }),
    onWeekend('DGMJ', addDays(saturday, 21), {
      code: 'DGMJ-SK-08',
      name: '数控机床操作调整（四级）提升班（第8期）',
      occupationCode: '6-18-01-07',
      level: 'l4',
      capacity: 36,
      siteName: '数控实训车间',
      siteAddress: '东莞市长安镇示例路2号',
      bring: '身份证原件；工作服、防护眼镜。',
      classHead: '梁师傅',
      instructors: ['梁志豪'],
      classHeadPhone: '0769-0000 0000',
      topics: ['工艺与装夹', '对刀与程序', '试切与测量', '调整与排障'],
    }),
    online('GZQC', today, { ...ELECTRICAL, code: 'GZQC-WS-01', classHead: '周慧玲' }),
    online('SZDZ', today, { ...ELECTRICAL, code: 'SZDZ-WS-02', classHead: '陈师傅' }),
    online('SZDZ', today, {
      ...{
        name: '生成式人工智能上岗应用（线上班）',
        courseSlug: 'generative-ai-at-work',
        occupationCode: '4-04-05-13',
      },
      ...{ code: 'SZDZ-WS-01', plannedHours: 2 },
    }),
  ]
}

type Weekend = Pick<
  OpenClassInput,
  'code' | 'name' | 'occupationCode' | 'level' | 'capacity' | 'siteName' | 'siteAddress'
> &
  Pick<OpenClassInput, 'bring' | 'classHead' | 'classHeadPhone'> &
  Pick<OpenClassInput, 'needsApproval' | 'hasWaitlist' | 'eligibleCategories' | 'eligibleYears' | 'requirements'> & {
    topics: [string, string, string, string]
    instructors?: readonly string[]
    assessors?: readonly string[]
  }

export function onWeekend(
  academy: string,
  saturday: string,
  { topics, instructors, assessors, ...said }: Weekend,
): DemoClass {
  const sunday = addDays(saturday, 1)
  const sessions = [
    { date: saturday, ...MORNING },
    { date: saturday, ...AFTERNOON },
    { date: sunday, ...MORNING },
    { date: sunday, ...AFTERNOON },
  ]
  return {
    academy,
    instructors,
    assessors,
    form: {
      ...said,
      mode: 'practical',
      startsOn: saturday,
      endsOn: sunday,
      plannedHours: 16,
      sessions: sessions.map((session, index) => ({ ...session, topic: topics[index] })),
      withdrawUntil: shanghaiInstant(addDays(saturday, -3), '18:00'),
      feeYuan: 0,
      lunch: '学院食堂提供，签到后凭姓名用餐。',
      documentsNeeded: '身份证复印件一份。',
      certificatesExpectedOn: addDays(sunday, 36),
    },
  }
}

/** Three days from `first`, mornings and afternoons. */
function running(academy: string, first: string): DemoClass {
  const topics = ['安全用具与验电', '照明回路装设', '插座与配电箱', '电动机控制接线', '故障排查', '模拟考核']
  const days = [0, 1, 2].map((after) => addDays(first, after))
  const halves = days.flatMap((date) => [MORNING, AFTERNOON].map((half) => ({ date, ...half })))
  return {
    academy,
    instructors: ['周慧玲'],
    form: {
      code: RUNNING,
      name: '低压电工实操班（第5期）',
      mode: 'practical',
      occupationCode: '6-31-01-03',
      level: 'l5',
      startsOn: first,
      endsOn: addDays(first, 2),
      plannedHours: 24,
      capacity: 16,
      requirements: ['photo', 'work_years'],
      sessions: halves.map((session, index) => ({ ...session, topic: topics[index] })),
      siteName: '实训楼2楼201',
      siteAddress: '广州市天河区示例路18号',
      bring: '身份证原件；长袖工作服、绝缘鞋。手套和工具由学院准备。',
      classHead: '周慧玲',
      classHeadPhone: '020-0000 0000',
      lunch: '学院食堂提供，签到后凭姓名用餐。',
      certificatesExpectedOn: addDays(first, 38),
    },
  }
}

/** Two days from `first`, long before today. */
function over(academy: string, first: string, said: Pick<OpenClassInput, 'code' | 'name'>): DemoClass {
  const { form, instructors } = running(academy, first)
  const endsOn = addDays(first, 1)
  const sessions = form.sessions?.filter(({ date }) => date <= endsOn)
  return { academy, instructors, form: { ...form, ...said, endsOn, plannedHours: 16, sessions } }
}

type Online = Pick<OpenClassInput, 'code' | 'name' | 'courseSlug' | 'occupationCode' | 'level' | 'plannedHours'> &
  Pick<OpenClassInput, 'classHead'>

const ELECTRICAL = {
  name: '电工安全操作基础（线上班）',
  courseSlug: 'electrical-safety',
  occupationCode: '6-31-01-03',
  level: 'l5',
  plannedHours: 2,
} as const

export function online(academy: string, today: string, said: Online): DemoClass {
  const when = { startsOn: today, endsOn: `${yearOf(today)}-12-31` }
  return { academy, form: { ...said, ...when, mode: 'online', sessions: [] } }
}
