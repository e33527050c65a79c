import { defineWords } from '#app/lib/i18n.ts'
import type { NoticeKind } from '#db/values.ts'

/**
 * What a message may say: titles and times, never names, numbers or a secret. `until`: as text, null: no limit. `what`: becomes of a
 * session, or has to be done, which is never cut; null: the title says it. `reason`, `bring`: why, and
 * what to bring, in an SMS where there is room; null: none.
 */
export type Said = {
  title: string
  until: string | null
  what: string | null
  reason: string | null
  bring: string | null
}

export type Texts = Record<NoticeKind, (said: Said) => string>

/** What an account is told otherwise than a number that was entered for a place: whoever reads that cannot sign in. */
type WithoutAccount = Pick<
  Texts,
  | 'seat.enrolled'
  | 'seat.waitlisted'
  | 'seat.offered'
  | 'seat.offer_expired'
  | 'seat.rejected'
  | 'class.cancelled'
  | 'attendance.corrected'
  | 'materials.lacking'
  | 'results.confirmed'
  | 'certificate.entered'
>

const inBrackets = (reason: string | null, from = '（', to = '）') => (reason ? from + reason + to : '')

/**
 * What is sent out of the house, per kind (`withoutAccount`: to the number that was entered for a place, where it says something else): the whole SMS but its signature, and the first paragraph of the mail (whose
 * subject is the notice's title in words.ts). An SMS of 70 characters is one message to the provider: titles are cut to
 * fit, so keep the rest under 45.
 */
export const messageWords = defineWords(
  {
    texts: {
      'question.asked': ({ title }) => `有学员就《${title}》提问，请登录匠学堂回答。`,
      'question.answered': ({ title }) => `您在《${title}》一课的提问有了回答，请登录匠学堂查看。`,
      'seat.enrolled': ({ title }) => `《${title}》报名成功，请按时参加，时间地点请登录匠学堂查看。`,
      'seat.waitlisted': ({ title }) => `《${title}》报名已通过，但名额已满，您已排入候补，有名额会通知您。`,
      'seat.offered': ({ title, until }) =>
        `《${title}》有名额了，请${until ? `在${until}前` : '尽快'}登录匠学堂确认，过时让给下一位。`,
      'seat.offer_expired': ({ title }) => `《${title}》的名额没有按时确认，已不再保留。仍想参加可重新报名。`,
      'seat.rejected': ({ title }) => `您报名的《${title}》没有通过，原因请登录匠学堂查看。`,
      'seat.request_expired': ({ title }) => `学院没有按时答复《${title}》的报名，申请已失效，可重新报名。`,
      'seat.withdrawn': ({ title }) => `已为您办理《${title}》退班，如有疑问请联系学院或您单位工会。`,
      'class.cancelled': ({ title }) => `《${title}》已取消，请不要前往，原因请登录匠学堂查看。`,
      'class.changed': ({ title, what }) =>
        what ? `《${title}》有变动：${what}。详情请登录匠学堂查看。` : `${title}，详情请登录匠学堂查看。`,
      'session.added': ({ title, what }) =>
        what ? `《${title}》加课：${what}。` : `加课：${title}。详情请登录匠学堂查看。`,
      'session.changed': ({ title, what, reason }) =>
        what
          ? `《${title}》${what}${inBrackets(reason)}，请留意。`
          : `上课安排有变动：${title}。详情请登录匠学堂查看。`,
      'session.substituted': ({ title, what, reason }) =>
        what
          ? `《${title}》${what}的课换了教师${inBrackets(reason)}，时间地点不变。`
          : `换了教师：${title}。时间地点不变。`,
      'session.cancelled': ({ title, what, reason }) =>
        what
          ? `《${title}》${what}的课取消${inBrackets(reason)}，请不要前往。`
          : `课程取消：${title}。请不要前往，详情请登录匠学堂查看。`,
      'session.made_up': ({ title, what, reason }) =>
        what ? `《${title}》补课：${what}${inBrackets(reason)}。` : `补课通知：${title}。详情请登录匠学堂查看。`,
      'attendance.at_risk': ({ title }) => `《${title}》学时快不够了，再缺一次课就不能达标，请按时到课。`,
      'attendance.corrected': ({ title, what, until }) =>
        `${what ? `《${title}》${what}的` : `${title}，`}考勤已更正，${until ? `有异议请在${until}前` : '详情请'}登录匠学堂${until ? '提出' : '查看'}。`,
      'session.ahead': ({ title, what, bring }) =>
        what
          ? `《${title}》${what}上课，请按时到课${bring ? `，请带${bring}` : ''}。`
          : `快上课了，请按时到课：${title}。`,
      'sheet.open': ({ title }) => `课上完了，还没有完成点名，请登录匠学堂核对后完成：${title}。`,
      'leave.asked': ({ title }) => `有学员请假，请登录匠学堂答复：${title}。`,
      'leave.granted': ({ title }) => `请假已批准：${title}。不计学时，能来请照常签到。`,
      'leave.refused': ({ title }) => `请假没有批准：${title}。请按时到课，原因登录可见。`,
      'leave.revoked': ({ title }) => `已批准的请假被撤销：${title}。请按时到课，原因登录可见。`,
      'leave.withdrawn': ({ title }) => `有学员销假，会来上课：${title}。`,
      'objection.made': ({ title }) => `有学员对考勤提出异议，请登录匠学堂答复：${title}。`,
      'objection.accepted': ({ title }) => `您的考勤异议已采纳，考勤已更正：${title}。`,
      'objection.refused': ({ title }) => `您的考勤异议没有采纳：${title}。原因请登录匠学堂查看。`,
      'material.accepted': ({ title }) => `学院已收下您交的材料：${title}。`,
      'class.days_changed': ({ title, what }) =>
        what
          ? `节假日安排变了，请登录匠学堂核对《${title}》的安排：${what}。`
          : `节假日安排变了，请登录匠学堂核对：${title}。`,
      'sitting.named': ({ title, what }) =>
        `请您担任《${title}》考评员${what ? `：${what}` : ''}，详情请登录匠学堂查看。`,
      'sitting.changed': ({ title, what, reason }) =>
        `您考评的《${title}》考核有变动${what ? `，现为：${what}` : ''}${inBrackets(reason)}。`,
      'sitting.dropped': ({ title, what, reason }) =>
        `《${title}》${what ?? '有一场考核'}您不用去考评了${inBrackets(reason)}。`,
      'opening.asked': ({ title }) => `《${title}》的开班申请等您审核，请登录匠学堂处理。`,
      'opening.approved': ({ title }) => `《${title}》的开班申请已通过，请登录匠学堂发布。`,
      'opening.returned': ({ title }) => `《${title}》的开班申请被退回，请登录匠学堂看原因。`,
      'results.waiting': ({ title }) => `《${title}》有考核成绩等您确认，请登录匠学堂处理。`,
      'requests.waiting': ({ title }) => `《${title}》有报名申请等学院审核，过期会失效，请登录匠学堂处理。`,
      'results.confirmed': ({ title }) => `《${title}》考核成绩已确认，请登录匠学堂查看。`,
      'certificate.entered': ({ title }) => `《${title}》的证书已登记，请登录匠学堂查看。`,
      'material.refused': ({ title }) => `您交的材料被退回，请登录匠学堂看原因后重交：${title}。`,
      'materials.lacking': ({ title, what }) =>
        what ? `《${title}》${what}，请登录匠学堂交齐。` : `开课前还有材料没有交，请登录匠学堂交齐：${title}。`,
      'worker.not_reached': ({ title }) => `有职工没有可通知的账号，请登录匠学堂看后转告：${title}。`,
    } satisfies Texts as Texts,
    withoutAccount: {
      'seat.enrolled': ({ title }) => `已为您报名《${title}》，请按时参加，时间地点请问工会或学院。`,
      'seat.waitlisted': ({ title }) => `已为您报名《${title}》，名额已满，您在候补，有名额会通知您。`,
      'seat.offered': ({ title, until }) =>
        `《${title}》有名额了，请${until ? `在${until}前` : '尽快'}打电话给学院确认，过时让给下一位。`,
      'seat.offer_expired': ({ title }) => `《${title}》的名额没有按时确认，已不再保留。仍想参加请联系学院。`,
      'seat.rejected': ({ title }) => `您报名的《${title}》没有通过，原因请问工会或学院。`,
      'class.cancelled': ({ title }) => `《${title}》已取消，请不要前往，原因请问工会或学院。`,
      'attendance.corrected': ({ title, what }) =>
        `${what ? `《${title}》${what}的` : `${title}，`}考勤已更正，有疑问请联系学院。`,
      'materials.lacking': ({ title, what }) => `《${title}》${what ?? '开课前还有材料没有交'}，请联系学院交齐。`,
      'results.confirmed': ({ title }) => `《${title}》考核成绩已确认，结果请问工会或学院。`,
      'certificate.entered': ({ title }) => `《${title}》的证书已登记，领取请问工会或学院。`,
    } satisfies WithoutAccount as WithoutAccount,
    mail: {
      open: (address: string) => `打开：${address}`,
      foot: '此邮件由匠学堂自动发出，请勿回复。不想再收到，请登录后在“我的 → 通知方式”中关闭。',
    },
  },
  {
    texts: {
      'question.asked': ({ title }) => `A worker has asked about “${title}”. Please sign in to answer.`,
      'question.answered': ({ title }) => `Your question on “${title}” was answered. Please sign in to read it.`,
      'seat.enrolled': ({ title }) => `You are enrolled in “${title}”. Time and place: please sign in.`,
      'seat.waitlisted': ({ title }) => `“${title}” is full: you are on its waiting list and will be told of a seat.`,
      'seat.offered': ({ title, until }) =>
        `A seat in “${title}” is yours: please sign in and confirm ${until ? `before ${until}` : 'soon'}, or it goes to the next.`,
      'seat.offer_expired': ({ title }) =>
        `Your seat in “${title}” was not confirmed and is no longer kept. You may ask again.`,
      'seat.rejected': ({ title }) => `Your request for “${title}” was not accepted. Please sign in to see why.`,
      'seat.request_expired': ({ title }) =>
        `Your request for “${title}” was not answered and has lapsed. You may ask again.`,
      'seat.withdrawn': ({ title }) => `You were withdrawn from “${title}”. Questions? Ask the academy or your union.`,
      'class.cancelled': ({ title }) => `“${title}” is cancelled: please do not come. Sign in to see why.`,
      'class.changed': ({ title, what }) =>
        what ? `“${title}” has changed: ${what}. Please sign in for more.` : `${title}. Please sign in for more.`,
      'session.added': ({ title, what }) =>
        what ? `“${title}”, session added: ${what}.` : `Session added: ${title}. Please sign in for more.`,
      'session.changed': ({ title, what, reason }) =>
        what
          ? `“${title}”: ${what}${inBrackets(reason, ' (', ')')}.`
          : `Session changed: ${title}. Please sign in for more.`,
      'session.substituted': ({ title, what, reason }) =>
        what
          ? `“${title}”: another instructor teaches on ${what}${inBrackets(reason, ' (', ')')}. Time and place stay.`
          : `Another instructor teaches: ${title}. Time and place stay.`,
      'session.cancelled': ({ title, what, reason }) =>
        what
          ? `“${title}”: no session on ${what}${inBrackets(reason, ' (', ')')}. Please do not come.`
          : `Session cancelled: ${title}. Please sign in for more.`,
      'session.made_up': ({ title, what, reason }) =>
        what
          ? `“${title}”, make-up session: ${what}${inBrackets(reason, ' (', ')')}.`
          : `Make-up session: ${title}. Please sign in for more.`,
      'attendance.at_risk': ({ title }) =>
        `Your hours in “${title}” run short: miss one more session, and you will not have enough. Please attend.`,
      'attendance.corrected': ({ title, what, until }) =>
        `“${title}”${what ? `, ${what}` : ''}: attendance corrected. Please sign in${until ? ` to object, until ${until}` : ''}.`,
      'session.ahead': ({ title, what, bring }) =>
        what
          ? `“${title}”, please come: ${what}${bring ? `. Please bring ${bring}` : ''}.`
          : `Please come to your session: ${title}.`,
      'sheet.open': ({ title }) => `The session is over, its sheet still open. Please sign in and close it: ${title}.`,
      'leave.asked': ({ title }) => `A worker asks for leave, please sign in to answer: ${title}.`,
      'leave.granted': ({ title }) => `Leave granted: ${title}. It earns no hours; if you can come, check in as usual.`,
      'leave.refused': ({ title }) => `Leave not granted: ${title}. Please attend; sign in to see why.`,
      'leave.revoked': ({ title }) => `Granted leave was taken back: ${title}. Please attend; sign in to see why.`,
      'leave.withdrawn': ({ title }) => `A worker no longer needs leave and will come: ${title}.`,
      'objection.made': ({ title }) => `A worker objects to a sheet, please sign in to answer: ${title}.`,
      'objection.accepted': ({ title }) => `Your objection was accepted and your attendance corrected: ${title}.`,
      'objection.refused': ({ title }) => `Your objection was not accepted: ${title}. Please sign in to see why.`,
      'material.accepted': ({ title }) => `The academy has accepted what you handed in: ${title}.`,
      'class.days_changed': ({ title, what }) =>
        what
          ? `Public holidays have changed, please sign in and check “${title}”: ${what}.`
          : `Public holidays have changed, please sign in and check: ${title}.`,
      'sitting.named': ({ title, what }) =>
        `You are to assess “${title}”${what ? `: ${what}` : ''}. Please sign in for more.`,
      'sitting.changed': ({ title, what, reason }) =>
        `A sitting of “${title}” that you assess has changed${what ? `, now: ${what}` : ''}${inBrackets(reason, ' (', ')')}.`,
      'sitting.dropped': ({ title, what, reason }) =>
        `You need not assess ${what ?? 'a sitting'} of “${title}”${inBrackets(reason, ' (', ')')}.`,
      'opening.asked': ({ title }) => `“${title}” waits for your approval. Please sign in.`,
      'opening.approved': ({ title }) => `“${title}” was approved. Please sign in to publish it.`,
      'opening.returned': ({ title }) => `“${title}” was sent back. Please sign in to see why.`,
      'results.waiting': ({ title }) => `Results of “${title}” wait for you to confirm them. Please sign in.`,
      'requests.waiting': ({ title }) =>
        `Requests for seats in “${title}” wait for the academy’s answer, and lapse without one. Please sign in.`,
      'results.confirmed': ({ title }) => `Your results of “${title}” are confirmed. Please sign in to see them.`,
      'certificate.entered': ({ title }) => `Your certificate of “${title}” is on record. Please sign in to see it.`,
      'material.refused': ({ title }) =>
        `What you handed in was sent back. Please sign in, see why and hand it in again: ${title}.`,
      'materials.lacking': ({ title, what }) =>
        what ? `“${title}” ${what}: please sign in.` : `Still to be handed in, please sign in: ${title}.`,
      'worker.not_reached': ({ title }) =>
        `No account reaches some of your workers: please sign in and tell them: ${title}.`,
    },
    withoutAccount: {
      'seat.enrolled': ({ title }) => `You are enrolled in “${title}”. Time and place: ask your union or the academy.`,
      'seat.waitlisted': ({ title }) => `You were entered for “${title}”: it is full, and you are on its waiting list.`,
      'seat.offered': ({ title, until }) =>
        `A seat in “${title}” is yours: please call the academy ${until ? `before ${until}` : 'soon'}, or it goes to the next.`,
      'seat.offer_expired': ({ title }) =>
        `Your seat in “${title}” was not confirmed and is no longer kept. Please call the academy.`,
      'seat.rejected': ({ title }) => `You were not accepted for “${title}”. Ask your union or the academy why.`,
      'class.cancelled': ({ title }) =>
        `“${title}” is cancelled: please do not come. Ask your union or the academy why.`,
      'attendance.corrected': ({ title, what }) =>
        `“${title}”${what ? `, ${what}` : ''}: attendance corrected. Questions? Ask the academy.`,
      'materials.lacking': ({ title, what }) =>
        `“${title}”: ${what ?? 'papers are still missing'}. Please ask the academy.`,
      'results.confirmed': ({ title }) => `Results of “${title}” are confirmed: ask your union or the academy.`,
      'certificate.entered': ({ title }) =>
        `Your certificate of “${title}” is on record: ask your union or the academy.`,
    },
    mail: {
      open: (address) => `Open: ${address}`,
      foot: 'Sent by Jiangxuetang; please do not reply. To stop these, sign in and see Me → How you are told.',
    },
  },
)
