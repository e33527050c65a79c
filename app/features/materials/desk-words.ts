import { defineWords } from '#app/lib/i18n.ts'
import type { Standing } from './rules.ts'

type Counts = { asked: number; complete: number; lacking: number; waiting: number }

/** What those read who look through what workers handed in. */
export const materialDeskWords = defineWords(
  {
    title: '学员材料',
    lead: (days: readonly number[]) =>
      `学员在手机上交，您收下或退回；退回要写原因，学员马上收到通知。没有交齐的，开课前${days.join('天、')}天系统各提醒一次。打开每个文件都有记录。`,
    counts: ({ asked, complete, lacking, waiting }: Counts) =>
      `应交${asked}人：已全部收下${complete}人，没有交齐${lacking}人；待看${waiting}样`,
    ofFile: (n: number) => `${n}人没有交齐要交的材料。`,
    ofFileNone: '要学员交的材料都交齐了。',
    toDesk: '看学员材料',
    views: { all: '全部', waiting: '有待看的', lacking: '没有交齐的' },
    viewLabel: '看哪些学员',
    none: { all: '还没有人报名。', waiting: '没有待看的材料。', lacking: '没有欠交的学员。' },
    nothing: '这个班还不要学员交材料。请在下面选好要什么，学员报名后就会看到。',
    caption: '学员和交来的材料',
    name: '学员',
    choose: (name: string, what: string) => `选中${name}的${what}`,
    open: (n: number) => `打开${n}`,
    openOf: (name: string, what: string, n: number) => `打开${name}的${what}第${n}个文件`,
    number: (number: string) => `编号${number}`,
    states: {
      missing: '未交',
      handed_in: '待看',
      accepted: '已收',
      refused: '已退回',
    } as Record<Standing, string>,
    reason: '退回的原因',
    reasonHint: '只在退回时填，学员会看到，例如：照片不是白底，请重拍',
    accept: '收下选中的',
    refuse: '退回选中的',
    refusals: {
      none_chosen: '请先选中要收下或退回的材料',
      reason_needed: '请写退回的原因（至少2个字）',
      reason_long: '原因最多200个字',
    },
    saved: {
      accepted: (n: number) => `收下了${n}样。`,
      refused: (n: number) => `退回了${n}样，已通知学员。`,
      asked: (n: number) => (n === 0 ? '没有变动。' : '要什么材料已改好，学员马上看到。'),
    },
    left: (n: number) => `有${n}样学员刚刚重交过，或已经有人答复，没有动，请再看一遍。`,
    ask: '这个班要什么材料',
    endHint: '去掉一样，学员就不用再交；已经交来的这一样会删除。',
    save: '保存',
    shown: (n: number) => `本页${n}人`,
  },
  {
    title: 'Materials',
    lead: (days) =>
      `Workers hand in on the phone; you accept, or send back with a reason, and they are told at once. Whoever lacks something is reminded ${days.join(' and ')} days before the class begins. Each file that is opened is recorded.`,
    counts: ({ asked, complete, lacking, waiting }) =>
      `${asked} asked: everything accepted of ${complete}, something lacking of ${lacking}; ${waiting} to look at`,
    ofFile: (n) => (n === 1 ? '1 worker has not handed in everything.' : `${n} workers have not handed in everything.`),
    ofFileNone: 'Every worker has handed in everything.',
    toDesk: 'See materials',
    views: { all: 'All', waiting: 'To look at', lacking: 'Lacking' },
    viewLabel: 'Which workers',
    none: { all: 'Nobody has enrolled yet.', waiting: 'Nothing to look at.', lacking: 'Nobody lacks anything.' },
    nothing: 'This class asks for nothing yet. Choose below what it needs; workers see it once they enrol.',
    caption: 'Workers and what they handed in',
    name: 'Worker',
    choose: (name, what) => `Choose ${what} of ${name}`,
    open: (n) => `Open ${n}`,
    openOf: (name, what, n) => `Open file ${n} of ${what} of ${name}`,
    number: (number) => `No. ${number}`,
    states: { missing: 'Missing', handed_in: 'To look at', accepted: 'Accepted', refused: 'Sent back' },
    reason: 'Why it is sent back',
    reasonHint: 'Only for sending back; the worker reads it. For example: please take it before a white wall',
    accept: 'Accept those chosen',
    refuse: 'Send those chosen back',
    refusals: {
      none_chosen: 'Please choose what to accept or send back',
      reason_needed: 'Please say why (2 characters or more)',
      reason_long: 'At most 200 characters',
    },
    saved: {
      accepted: (n) => `${n} accepted.`,
      refused: (n) => `${n} sent back; the workers are told.`,
      asked: (n) => (n === 0 ? 'Nothing changed.' : 'What the class needs is changed; workers see it at once.'),
    },
    left: (n) => `${n} were handed in anew or answered meanwhile and stay as they are; please look again.`,
    ask: 'What this class needs',
    endHint: 'What is not ticked any more is not asked for; what was handed in of it is deleted.',
    save: 'Save',
    shown: (n) => `${n} on this page`,
  },
)
