import { defineWords } from '#app/lib/i18n.ts'
import { closingWords } from './closing-words.ts'

/** What is read where a class is edited: a draft whole, a published one in what may still change. */
export const editWords = defineWords(
  {
    title: '编辑班次',
    draft: '草稿只有本学院看得到，每一项都可以改，不用写原因。',
    published:
      '班次已发布：改动会列在职工看到的页面上（发布后的变动），并通知有关的人。减名额、改报名条件不清退任何人。课次、教师在“课表”里改，要交的材料在“材料”里改。',
    save: '保存草稿',
    saveChanges: '保存并通知',
    saved: '已保存。',
    why: '为什么改',
    reason: '变动原因',
    reasonHint: '学员会看到，例如：食堂检修，午餐改为自理。请勿填写证件号码',
    noEffect: '不影响任何学员的学时达标。还没有保存。',
    notSaved: '没有保存',
    refused: {
      class_closed: closingWords['zh-CN'].classClosed,
      changed_meanwhile: '没有保存：这个班次刚才已被别人改动。请重新打开本页，看现在的内容再改。',
      form_reused: '没有保存：这张表刚才已经交过一次，内容不同。请重新打开本页再改。',
      unchanged: '没有改动任何一项，不需要保存。',
    },
    remove: {
      title: '删除草稿',
      text: '连同课次、教师安排和要交的材料一起删除，不能恢复。班次编号可以再用；谁在什么时候删除，会记录下来。',
      yes: '删除这个草稿',
      done: '草稿已删除，编号可以再用。',
      refused: {
        not_draft: '没有删除：这个班次刚才已经发布。不再开办的，请在“报名和候补”里取消班次。',
        in_use: '没有删除：这个班次下已有学员或存档材料，不能删除。',
      },
    },
  },
  {
    title: 'Edit the class',
    draft: 'Nobody but the academy sees a draft: everything can be changed, and no reason is asked for.',
    published:
      'The class is published: changes stand on the page that workers see, and those whom they concern are told. Fewer seats or other conditions evict nobody. Sessions and instructors are changed on the timetable, what is to be handed in under “Materials”.',
    save: 'Save the draft',
    saveChanges: 'Save and tell',
    saved: 'Saved.',
    why: 'Why it changes',
    reason: 'Reason',
    reasonHint: 'Workers see it, like: the canteen is closed, so please bring lunch. Please give no document numbers',
    noEffect: 'It changes nobody’s credit. Nothing is saved yet.',
    notSaved: 'Not saved',
    refused: {
      class_closed: closingWords.en.classClosed,
      changed_meanwhile: 'Not saved: somebody has just changed this class. Please open the page again and look first.',
      form_reused: 'Not saved: this form was sent a moment ago with something else in it. Please open the page again.',
      unchanged: 'Nothing was changed, so there is nothing to save.',
    },
    remove: {
      title: 'Delete the draft',
      text: 'With its sessions, its instructors and what it asks for, for good. Its number is free again; who deleted it and when is recorded.',
      yes: 'Delete this draft',
      done: 'The draft is deleted; its number is free again.',
      refused: {
        not_draft:
          'Not deleted: the class was published meanwhile. If it is not to be, cancel it under “Requests and waiting list”.',
        in_use: 'Not deleted: workers or documents stand under this class already.',
      },
    },
  },
)
