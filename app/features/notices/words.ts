import { defineWords } from '#app/lib/i18n.ts'

export const words = defineWords(
  {
    title: '消息',
    lead: '与您有关的事，在这里告诉您。',
    isNew: '未读',
    none: '还没有消息。报名有了结果、提问有了回答、学员有了提问，都会在这里告诉您。',
    readAll: '全部标为已读',
    kinds: {
      'question.asked': '学员有新提问',
      'question.answered': '您的提问有了回答',
      'seat.enrolled': '报名成功，请按时参加',
      'seat.waitlisted': '报名已通过，名额已满，您已排入候补',
      'seat.offered': '有名额了，请尽快确认',
      'seat.offer_expired': '没有在时限内确认，名额已让给下一位',
      'seat.rejected': '报名没有通过，点开看原因',
      'seat.request_expired': '学院没有按时答复，报名申请已失效',
      'seat.withdrawn': '学院已为您办理退班',
      'class.cancelled': '培训班已取消，点开看原因',
    },
    until: (when: string) => `请在${when}前确认`,
    shown: (n: number) => `本页${n}条`,
    /** What a page may promise, by `promisedWay()` (channels.server.ts): 有名额时{howTold.sms}。 */
    howTold: { sms: '将发短信通知您', app: '将在站内“消息”里通知您' },
  },
  {
    title: 'Messages',
    lead: 'What concerns you is told here.',
    isNew: 'Unread',
    none: 'No messages yet. When a request of yours is answered, a question is answered, or a worker asks you one, you are told here.',
    readAll: 'Mark all as read',
    kinds: {
      'question.asked': 'A worker has asked a question',
      'question.answered': 'Your question was answered',
      'seat.enrolled': 'You are enrolled: please come on time',
      'seat.waitlisted': 'Approved, but the class is full: you are on the waiting list',
      'seat.offered': 'There is a seat for you: please confirm soon',
      'seat.offer_expired': 'You did not confirm in time: the seat went to the next',
      'seat.rejected': 'Your request was not accepted: open to see why',
      'seat.request_expired': 'The academy did not answer in time: your request has lapsed',
      'seat.withdrawn': 'The academy has withdrawn you',
      'class.cancelled': 'The class is cancelled: open to see why',
    },
    until: (when) => `confirm before ${when}`,
    shown: (n: number) => `${n} on this page`,
    howTold: { sms: 'you will get an SMS', app: 'you will find a message here' },
  },
)
