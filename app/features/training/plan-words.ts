import { defineWords } from '#app/lib/i18n.ts'

/** What speaks against the timetable of a class before it is published, and what its academy said for it. */
export const planWords = defineWords(
  {
    bar: {
      title: '现在还不能发布',
      all_begun: '所有课次的时间都已经过了。已经办完的班请从台账导入；还没办的班，请把课次改到以后。',
      too_few_hours: (sum: number, planned: number, percent: number) =>
        `课次合计${sum}学时，不到计划${planned}学时的${percent}%，学员上完全部课也不能学时达标。请加课，或改计划学时。`,
    },
    title: '发布前请核对课程安排',
    lead: '下面几处与常见的安排不同。有误就先改课程安排；确实如此，请写明原因，以后审核、查阅的人会看到。',
    doubts: {
      hours: (sum: number, planned: number) => `课次合计${sum}学时，计划是${planned}学时`,
      practical: (sum: number, planned: number) => `实操课次合计${sum}学时，计划实操是${planned}学时`,
      day: (day: string, hours: number) => `${day}一天有${hours}学时，超过8学时`,
      theory: (hours: number) => `有${hours}学时的理论课，而实操班的学时全部算作实操；有理论课的，培训方式一般选“混合”`,
      begun: (sessions: number) => `有${sessions}次课的时间已经过了`,
    },
    days: {
      title: '节假日安排变了，请核对这些课',
      lead: '这些课排好以后，省总更新了节假日安排。请改期或取消；确定照常上课的，请写明原因，以后查阅的人会看到。',
      /** To who sees the class and plans nothing of it. */
      read: '这些课排好以后，省总更新了节假日安排。由学院管理员决定改期、取消还是照常上课。',
      more: (day: string, days: number) => `${day}等${days}天`,
      joined: (said: readonly string[]) => said.join('；'),
      holiday: (days: string, name: string) => `${days}放假（${name}）`,
      made_up: (days: string, name: string) => `${days}调休上班（${name}）`,
      workday: (days: string, name: string) => `${days}不再放假（原${name}），是工作日`,
      sitting: (said: string) => `${said}，有考核`,
      flags: {
        holiday: (name: string) => `放假：${name}`,
        made_up: (name: string) => `调休上班：${name}`,
        workday: (name: string) => `不再放假：${name}`,
      },
      move: (when: string) => `${when}的课改期`,
      cancel: '取消',
      stay: '照常上课',
      reason: '为什么照常上课',
      said: '节假日安排变动后，这些课照常上',
      saved: '已记下：这些课照常上',
      toThem: '去处理',
      faults: {
        reason_needed: '请写明原因，至少两个字',
        reason_long: '原因太长，请写在200字以内',
        unseen: '没有保存：请先核对下面的课，写明原因再确认照常上课。',
      },
    },
    /** As `days`, of the assessment. */
    sittingDays: {
      title: '节假日安排变了，请核对这些考核',
      lead: '这些考核排好以后，省总更新了节假日安排。请改期或取消；确定照常考核的，请写明原因，以后查阅的人会看到。',
      read: '这些考核排好以后，省总更新了节假日安排。由学院管理员决定改期、取消还是照常考核。',
      move: (when: string) => `${when}的考核改期`,
      cancel: '取消',
      stay: '照常考核',
      reason: '为什么照常考核',
      said: '节假日安排变动后，这些考核照常进行',
      saved: '已记下：这些考核照常进行',
      toThem: '去处理',
      faults: {
        reason_needed: '请写明原因，至少两个字',
        reason_long: '原因太长，请写在200字以内',
        unseen: '没有保存：请先核对下面的考核，写明原因再确认照常考核。',
      },
    },
    reason: '为什么这样安排',
    affirmed: '课程安排已说明',
    because: (reason: string) => `原因：${reason}`,
    toTimetable: '改课程安排',
    toEdit: '改计划学时',
    faults: {
      reason_needed: '请写明原因，至少两个字',
      reason_long: '原因太长，请写在200字以内',
      unseen: '没有发布：请先核对下面的课程安排，写明原因再发布。',
    },
  },
  {
    bar: {
      title: 'It can’t be published yet',
      all_begun:
        'The time of every session is over. A class that was held comes by the ledger; of one that was not, please move the sessions.',
      too_few_hours: (sum, planned, percent) =>
        `The sessions come to ${sum} class hours, less than ${percent}% of the ${planned} planned: nobody could be credited by attending all of them. Please add sessions, or change the plan.`,
    },
    title: 'Please check the timetable before it is published',
    lead: 'This differs from what is usual. If it is wrong, change the timetable first; if it is meant so, please say why: whoever approves or looks it up reads that.',
    doubts: {
      hours: (sum, planned) => `The sessions come to ${sum} class hours, ${planned} are planned`,
      practical: (sum, planned) => `The practical sessions come to ${sum} class hours, ${planned} are planned`,
      day: (day, hours) => `${hours} class hours on ${day}: more than 8`,
      theory: (hours) =>
        `${hours} class hours are theory, and all hours of a practical class count as practice: a class with theory is usually a mixed one`,
      begun: (sessions) =>
        sessions === 1 ? 'The time of one session is over' : `The time of ${sessions} sessions is over`,
    },
    days: {
      title: 'Public holidays have changed: please check these sessions',
      lead: 'After they were planned the province entered other public holidays. Move or cancel them; if they are to stay, please say why: whoever looks it up reads that.',
      read: 'After they were planned the province entered other public holidays. The academy’s administrators decide whether they are moved, cancelled or stay.',
      more: (day, days) => `${days} days from ${day}`,
      joined: (said) => said.join('; '),
      holiday: (days, name) => `${days}: public holiday (${name})`,
      made_up: (days, name) => `${days}: worked in return for ${name}`,
      workday: (days, name) => `${days}: a working day, no longer a holiday (${name})`,
      sitting: (said) => `${said}, with an assessment`,
      flags: {
        holiday: (name) => `Holiday: ${name}`,
        made_up: (name) => `Worked for ${name}`,
        workday: (name) => `No longer a holiday: ${name}`,
      },
      move: (when) => `Move the session of ${when}`,
      cancel: 'Cancel it',
      stay: 'They stay',
      reason: 'Why they stay',
      said: 'These sessions stay, though public holidays have changed',
      saved: 'Kept: these sessions stay',
      toThem: 'See to them',
      faults: {
        reason_needed: 'Please give the reason, in two characters at least',
        reason_long: 'At most 200 characters, please',
        unseen: 'Not saved: please check the sessions below, and say why before they stay.',
      },
    },
    sittingDays: {
      title: 'Public holidays have changed: please check these sittings',
      lead: 'After they were planned the province entered other public holidays. Move or cancel them; if they are to stay, please say why: whoever looks it up reads that.',
      read: 'After they were planned the province entered other public holidays. The academy’s administrators decide whether they are moved, cancelled or stay.',
      move: (when) => `Move the sitting of ${when}`,
      cancel: 'Cancel it',
      stay: 'They stay',
      reason: 'Why they stay',
      said: 'These sittings stay, though public holidays have changed',
      saved: 'Kept: these sittings stay',
      toThem: 'See to them',
      faults: {
        reason_needed: 'Please give the reason, in two characters at least',
        reason_long: 'At most 200 characters, please',
        unseen: 'Not saved: please check the sittings below, and say why before they stay.',
      },
    },
    reason: 'Why it is planned so',
    affirmed: 'The timetable was explained',
    because: (reason) => `Reason: ${reason}`,
    toTimetable: 'Change the timetable',
    toEdit: 'Change the planned hours',
    faults: {
      reason_needed: 'Please give the reason, in two characters at least',
      reason_long: 'At most 200 characters, please',
      unseen: 'Not published: please check the timetable below first, and say why it is so.',
    },
  },
)
