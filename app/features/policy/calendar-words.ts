import { defineWords } from '#app/lib/i18n.ts'
import type { Concerned } from './changed-days.ts'

/** Public holidays and worked weekend days, as the province keeps them year by year. */
export const calendarWords = defineWords(
  {
    title: '节假日安排',
    lead: '国务院办公厅每年秋天公布下一年的放假和调休。这里录入后，各学院排课时按它跳过节假日。',
    years: '年份',
    year: (year: number) => `${year}年`,
    missing: (year: number) => `${year}年还没有录入`,
    missingNote: '录入之前，排课只认元旦、5月1日和2日、10月1日至3日这些固定的法定假日，春节等日期不知道。',
    source: '依据',
    setAt: (when: string) => `录入于${when}`,
    reference: '随系统提供',
    caption: (year: number) => `${year}年放假和调休`,
    when: '日期',
    kind: '安排',
    name: '节日',
    days: '天数',
    kinds: { holiday: '放假', made_up: '上班（调休）' },
    count: (holidays: number, workdays: number) => `放假${holidays}天，调休上班${workdays}天`,
    form: {
      enter: (year: number) => `录入${year}年的安排`,
      replace: (year: number) => `重新录入${year}年的安排`,
      replaceNote:
        '整年替换：没有列出的日子恢复为普通日子。已排好的课和考核不会自动改动：遇上放假、调休的，系统会告诉学院去核对。',
      year: '年份',
      source: '文件名称和文号',
      sourceHint: '例如：国务院办公厅关于2027年部分节假日安排的通知（国办发明电〔2026〕5号）',
      list: '放假和上班的日子',
      listHint:
        '从Excel粘贴，或每行写一段，用逗号隔开：日期，至，安排，节日。例如“2027-01-01，2027-01-03，放假，元旦”；上班的日子：“2027-02-14，2027-02-14，上班，春节”。',
      line: { holiday: '放假', made_up: '上班' },
      submit: '核对并保存',
      yearForm: '年份应在2000至2100之间',
      sourceMissing: '请写明文件名称和文号，不超过200字',
      refused: (count: number) => `没有保存：有${count}处需要改`,
      row: (row: number, column: string | null, message: string) =>
        `第${row}行${column ? `“${column}”` : ''}：${message}`,
      more: (count: number) => `另有${count}处`,
      saved: (year: number) => `${year}年的安排已保存`,
      same: (year: number) => `${year}年的安排没有改动`,
      concerned: ({ classes, sessions, sittings }: Concerned) => {
        const meet = [sessions > 0 && `${sessions}次课`, sittings > 0 && `${sittings}场考核`].filter(Boolean).join('、')
        return `已发布的班次中，有${classes}个班的${meet}遇上这次变动，已通知学院管理员和班主任核对。`
      },
      concernsNone: '已发布班次以后的课和考核都不受这次变动影响。',
    },
    table: {
      yearMissing: '必须填写年份',
      otherSource: (source: string) => `同一年只能依据一份文件，前面写的是“${source}”`,
      legalMissing: (year: number, days: readonly string[]) =>
        `${year}年的安排不完整，缺少法定假日：${days.join('、')}。请把全年的放假和上班日子一次列全`,
      nothing: '请粘贴或写下全年的放假和上班日子',
      tooMany: (most: number) => `超过${most}行，请只粘贴一年的安排`,
      span: (until: string) => `“${until}”应不早于开始日期，且相隔不超过31天`,
      taken: (day: string, year: number) => `${day}已列在${year}年的安排里`,
      json: '应是一个JSON数组，每项有year、day、kind、name、source',
      faults: {
        other_year: (day: string, year: number) => `${day}不在${year}年（上一年12月的日子也可以）`,
        no_weekend: (day: string, _year: number) => `${day}不是周六或周日，不能是调休上班的日子`,
      },
    },
  },
  {
    title: 'Public holidays',
    lead: 'Each autumn the State Council announces the holidays of the coming year and the weekend days worked in return. Once entered here, academies skip them when they plan sessions.',
    years: 'Years',
    year: (year) => String(year),
    missing: (year) => `${year} is not entered yet`,
    missingNote:
      'Until then planning knows the fixed legal days alone: 1 January, 1 and 2 May, 1 to 3 October. It does not know Spring Festival and the others.',
    source: 'Source',
    setAt: (when) => `entered ${when}`,
    reference: 'came with the system',
    caption: (year) => `Holidays and worked weekend days of ${year}`,
    when: 'Dates',
    kind: 'Kind',
    name: 'Holiday',
    days: 'Days',
    kinds: { holiday: 'rest', made_up: 'worked in return' },
    count: (holidays, workdays) => `${holidays} days of rest, ${workdays} worked in return`,
    form: {
      enter: (year) => `Enter ${year}`,
      replace: (year) => `Enter ${year} anew`,
      replaceNote:
        'The whole year is replaced: days that are not listed are ordinary days again. Sessions and sittings that are planned stay as they are: academies are told of those that it concerns, and look at them again.',
      year: 'Year',
      source: 'Notice and its number',
      sourceHint: 'For example: 国务院办公厅关于2027年部分节假日安排的通知（国办发明电〔2026〕5号）',
      list: 'Days of rest and days worked',
      listHint:
        'Paste from Excel, or write a line for each stretch with commas: first day, last day, kind, holiday. For example “2027-01-01, 2027-01-03, holiday, 元旦”; a day worked in return: “2027-02-14, 2027-02-14, workday, 春节”.',
      line: { holiday: 'holiday', made_up: 'workday' },
      submit: 'Check and save',
      yearForm: 'A year from 2000 to 2100, please',
      sourceMissing: 'Please name the notice and its number, in at most 200 characters',
      refused: (count) => `Not saved: ${count} to mend`,
      row: (row, column, message) => `Row ${row}${column ? `, “${column}”` : ''}: ${message}`,
      more: (count) => `and ${count} more`,
      saved: (year) => `The arrangement of ${year} is saved`,
      same: (year) => `The arrangement of ${year} is as it was`,
      concerned: ({ classes, sessions, sittings }) => {
        const meet = [
          sessions > 0 && (sessions === 1 ? 'a session' : `${sessions} sessions`),
          sittings > 0 && (sittings === 1 ? 'a sitting' : `${sittings} sittings`),
        ].filter(Boolean)
        return `It concerns ${meet.join(' and ')} of ${classes === 1 ? 'a published class' : `${classes} published classes`}: administrators and class heads are told to look at ${sessions + sittings === 1 ? 'it' : 'them'}.`
      },
      concernsNone: 'It concerns no session or sitting to come of a published class.',
    },
    table: {
      yearMissing: 'the year must be filled in',
      otherSource: (source) => `a year follows one notice; a row above names “${source}”`,
      legalMissing: (year, days) =>
        `the arrangement of ${year} is not whole: these legal holidays are missing: ${days.join(', ')}. List all days of the year at once`,
      nothing: 'paste or write the days of rest and the days worked of the whole year',
      tooMany: (most) => `more than ${most} rows: paste one year alone`,
      span: (until) => `“${until}” must not be before the first day, nor more than 31 days after it`,
      taken: (day, year) => `${day} belongs to the arrangement of ${year} already`,
      json: 'it must be a JSON array whose items have year, day, kind, name, source',
      faults: {
        other_year: (day, year) => `${day} is not in ${year} (December of the year before is possible)`,
        no_weekend: (day, _year) => `${day} is no Saturday or Sunday, so it can’t be worked in return`,
      },
    },
  },
)
