import { defineWords } from '#app/lib/i18n.ts'

/** The places of an academy and how many workers they take. */
export const siteWords = defineWords(
  {
    title: '培训地点',
    lead: '每个地点能容纳多少人。班次名额不能超过座位数；实操课还不能超过工位数和教师能带的人数。不填就不限。',
    name: '地点',
    seats: '座位数',
    workstations: '工位数',
    workersPerInstructor: '每位教师最多带几人',
    of: (field: string, site: string) => `${site}：${field}`,
    save: '保存',
    saved: '已保存',
    same: '没有需要改动的内容',
    none: '还没有培训地点。开办班次时填写的新地点会出现在这里。',
    fault: '请填1至10000的整数，不限就不填',
    held: (station: number, name: string, day: string) =>
      `没有保存：“${name}”${day}的课要用到${station}号工位。请先改那些课的工位，或填不小于${station}的数。`,
    refused: '没有保存，请看下面标出的格子。',
    source: '“每位教师最多带几人”是本学院自己定的；省里没有统一规定时按它核对。',
  },
  {
    title: 'Sites',
    lead: 'How many workers each place takes. A class has no more seats than the room; a practical session no more than workstations and instructors allow. Empty: no limit.',
    name: 'Site',
    seats: 'Seats',
    workstations: 'Stations',
    workersPerInstructor: 'Workers per instructor',
    of: (field, site) => `${site}: ${field}`,
    save: 'Save',
    saved: 'Saved',
    same: 'Nothing to change',
    none: 'No site yet. Those named when a class is opened appear here.',
    fault: 'A whole number from 1 to 10,000, or empty for no limit',
    held: (station, name, day) =>
      `Not saved: “${name}” uses workstation ${station} on ${day}. Change its sessions first, or give at least ${station}.`,
    refused: 'Not saved. Please look at the fields marked below.',
    source: '“Workers per instructor” is the academy’s own figure.',
  },
)
