import { defineWords } from '#app/lib/i18n.ts'
import { closingWords } from './closing-words.ts'

const people = (count: number) => `${count} ${count === 1 ? 'worker' : 'workers'}`

/** What is read where a class is mended by hand. */
export const mendWords = defineWords(
  {
    title: '更正班次信息',
    link: '更正班次信息',
    meta: (academy: string, code: string) => `${academy} · ${code}`,
    lead: '台账不能改动已有班次的名称、日期、方式、职业和学时；确实登记错了，在这里更正并写明原因。原来的值会保留。',
    fields: {
      name: '班次名称',
      mode: '培训方式',
      occupationCode: '职业（工种）',
      startsOn: '开始日期',
      endsOn: '结束日期',
      plannedHours: '计划学时',
      plannedPracticalHours: '其中实操学时',
    },
    noOccupation: '无对应职业',
    practicalHint: '只有混合班填写',
    reason: '更正原因',
    reasonHint: '写给以后核查的人看，例如：班次名称抄错，以开班通知为准。请勿填写证件号码',
    preview: '先看影响',
    save: '保存更正',
    saved: '已更正。学时达标和各项指标已按新的信息重新核算。',
    already: '这个更正刚才已经保存，没有重复更正。',
    effect: {
      title: '更正后的影响',
      none: '不影响任何学员的学时达标。',
      credited: (before: number, after: number) => `学时达标：更正前${before}人，更正后${after}人。`,
      gained: (count: number) => `${count}人由未达标变为达标。`,
      lost: (count: number) => `${count}人由达标变为未达标。`,
      moved: (count: number) => `${count}人的达标日期改变。`,
      practical: (before: number, after: number) => `计入实操培训：更正前${before}人，更正后${after}人。`,
      practicalCleared: (count: number) => `${count}人的实操学时不再适用，会清空（原值保留在历史里）。`,
      completionCleared: (count: number) => `${count}人自己的完成日期不再适用，会清空（原值保留在历史里）。`,
      practicalMissing: (count: number) => `${count}人还没有实操学时，更正后请到“学时”里补登，否则不计入实操培训。`,
      notYet: '还没有保存。核对无误后填写原因，点“保存更正”。',
    },
    refused: {
      class_closed: closingWords['zh-CN'].classClosed,
      changed_meanwhile: '这个班次刚才已被别人改动，您填的没有保存。请对照下面的历史，重新打开本页再更正。',
      unchanged: '没有改动任何一项，不需要保存。',
    },
    reload: '重新打开本页',
    faults: {
      required: () => '请填写这一项',
      too_long: () => '内容太长，请缩短到100个字以内',
      mode: () => '请选择培训方式',
      date: () => '请填写日期，例如2026-11-21',
      ends_before: () => '结束日期不能早于开始日期',
      hours: () => '学时应大于0，可以是半学时，例如16或16.5',
      practical_hours: () => '混合班的实操学时应为0.5至计划学时',
      occupation_unknown: () => '没有这个职业，请重新选择',
      starts_ahead: (count: number) => `已有${count}条学时或考核记录，开始日期不能晚于今天`,
      assessed_before: (count: number, limit: string) =>
        `有${count}次考核早于这一天，最早的在${limit}；开始日期不能晚于${limit}。若是考核日期错了，请省总工会先更正考核日期`,
      completed_before: (count: number) => `有${count}人在这一天之前已完成学习，开始日期不能晚于他们的完成日期`,
      attended_above: (count: number, limit: string) =>
        `有${count}人的实到学时超过这个数，最多的是${limit}；计划学时不能少于${limit}。若是实到学时错了，请先在“学时”里更正`,
      practical_above: (count: number, limit: string) =>
        `有${count}人的实操实到学时超过这个数，最多的是${limit}；实操学时不能少于${limit}`,
      sheets_locked: () => '签到表已锁定，结束日期不能再由学院更改；确有错误请联系省总工会更正',
      sessions_outside: (count: number) => `有${count}次课不在新的日期之内，请先核对课次`,
      online_fixed: () => '在系统里开办的班次，线上与线下不能互换',
      course_hours: (count: number) => `这个班按线上课程计学时，已有${count}人达标，计划学时不能更改`,
    },
    why: { reason_needed: '请写明更正原因', reason_long: '原因太长，请缩短到200个字以内' },
    history: '更正历史',
    noHistory: '这个班次还没有更正过。',
    changed: (field: string, before: string, after: string) => `${field}：${before} → ${after}`,
    empty: '无',
    someone: '系统',
    dates: '更正考核日期',
  },
  {
    title: 'Mend the class',
    link: 'Mend the class',
    meta: (academy, code) => `${academy} · ${code}`,
    lead: 'A ledger cannot change the name, dates, mode, occupation or hours of a class. What was recorded wrongly is mended here, with a reason; the old values are kept.',
    fields: {
      name: 'Name',
      mode: 'Mode',
      occupationCode: 'Occupation',
      startsOn: 'First day',
      endsOn: 'Last day',
      plannedHours: 'Planned class hours',
      plannedPracticalHours: 'Practical hours among them',
    },
    noOccupation: 'No occupation',
    practicalHint: 'Mixed classes only',
    reason: 'Why it is mended',
    reasonHint:
      'For whoever checks it later, like: name copied wrongly from the notice. Please give no document numbers',
    preview: 'See the effect first',
    save: 'Save',
    saved: 'Mended. Credit and figures now follow the new values.',
    already: 'This was saved a moment ago; nothing was changed twice.',
    effect: {
      title: 'What it does',
      none: 'It changes nobody’s credit.',
      credited: (before, after) => `Credited: ${people(before)} before, ${after} after.`,
      gained: (count) => `${people(count)} will be credited who were not.`,
      lost: (count) => `${people(count)} will no longer be credited.`,
      moved: (count) => `${people(count)} will be credited on another date.`,
      practical: (before, after) => `Practical training: ${people(before)} before, ${after} after.`,
      practicalCleared: (count) => `Practical hours of ${people(count)} no longer apply and go (kept in the history).`,
      completionCleared: (count) =>
        `Completion dates of ${people(count)} no longer apply and go (kept in the history).`,
      practicalMissing: (count) =>
        `${people(count)} have no practical hours yet: record them under “Hours”, or they do not count as practical training.`,
      notYet: 'Nothing is saved yet. If this is right, give the reason and save.',
    },
    refused: {
      class_closed: closingWords.en.classClosed,
      changed_meanwhile:
        'Somebody has just changed this class; what you typed was not saved. Look at the history below, open the page again and mend it there.',
      unchanged: 'Nothing was changed, so there is nothing to save.',
    },
    reload: 'Open the page again',
    faults: {
      required: () => 'Please fill this in',
      too_long: () => 'Too long: 100 characters at most',
      mode: () => 'Please choose a mode',
      date: () => 'Please give a date, like 2026-11-21',
      ends_before: () => 'The last day cannot be before the first',
      hours: () => 'Hours are above 0, in halves: 16 or 16.5',
      practical_hours: () => 'Practical hours of a mixed class lie between 0.5 and the planned hours',
      occupation_unknown: () => 'There is no such occupation: choose again',
      starts_ahead: (count) => `${count} hours or results are recorded: the class cannot begin after today`,
      assessed_before: (count, limit) =>
        `${count} ${count === 1 ? 'assessment lies' : 'assessments lie'} before this day, the first on ${limit}: the class cannot begin after ${limit}. If that date is wrong, the province mends it first`,
      completed_before: (count) => `${people(count)} completed it before this day`,
      attended_above: (count, limit) =>
        `${people(count)} attended more than this, ${limit} at most: plan no less than ${limit}. If their hours are wrong, correct them first under “Hours”`,
      practical_above: (count, limit) =>
        `${people(count)} attended more practical hours than this, ${limit} at most: plan no less than ${limit}`,
      sheets_locked: () =>
        'The attendance sheets are locked: the academy may not change the last day any more; ask the province to mend it',
      sessions_outside: (count) =>
        `${count} ${count === 1 ? 'session lies' : 'sessions lie'} outside these dates: check the sessions first`,
      online_fixed: () => 'A class opened here stays online, or stays at its place',
      course_hours: (count) =>
        `Hours come from the online course, and ${people(count)} have been credited: they cannot be replanned`,
    },
    why: { reason_needed: 'Please say why it is mended', reason_long: 'Too long: 200 characters at most' },
    history: 'History',
    noHistory: 'This class has not been mended yet.',
    changed: (field, before, after) => `${field}: ${before} → ${after}`,
    empty: 'none',
    someone: 'the system',
    dates: 'Mend a date of assessment',
  },
)
