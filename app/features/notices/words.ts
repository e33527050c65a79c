import { defineWords } from '#app/lib/i18n.ts'

export const words = defineWords(
  {
    title: '消息',
    lead: '与您有关的事，在这里告诉您。',
    isNew: '未读',
    none: '还没有消息。提问有了回答、学员有了提问，都会在这里告诉您。',
    readAll: '全部标为已读',
    kinds: {
      'question.asked': '学员有新提问',
      'question.answered': '您的提问有了回答',
    },
    shown: (n: number) => `本页${n}条`,
  },
  {
    title: 'Messages',
    lead: 'What concerns you is told here.',
    isNew: 'Unread',
    none: 'No messages yet. When a question of yours is answered, or a worker asks you one, you are told here.',
    readAll: 'Mark all as read',
    kinds: {
      'question.asked': 'A worker has asked a question',
      'question.answered': 'Your question was answered',
    },
    shown: (n: number) => `${n} on this page`,
  },
)
