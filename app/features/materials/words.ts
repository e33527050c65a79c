import { defineWords } from '#app/lib/i18n.ts'
import type { HandInFault } from './hand-in.server.ts'
import type { Standing } from './rules.ts'

const faults = {
  not_a_form: '没有收到文件，请重新选择',
  no_file: '请先选择文件',
  empty: '文件是空的，没有交上，请重新选择',
  too_large: '文件超过10 MB，没有交上；照片请压缩，扫描件请分开交',
  broken: '上传中断了，没有交上，请再试一次',
  too_many: '文件太多了，没有交上：一寸照片只交一张，其他材料最多4个文件',
  unknown_kind: '只收照片（JPG、PNG、WebP），除一寸照片外也收PDF；有文件不是这些，或不完整，都没有交上',
  number: '证书编号是4至40位字母、数字或“-”，请对照证书再看一遍；文件请重新选择',
  over: '您现在不用给这个班交材料，没有交上',
  accepted: '学院已经收下您先前交的，不用再交',
  busy: '您的另一个上传还没有结束，请稍等再交',
} satisfies Record<HandInFault, string>

const standings = {
  missing: '还没有交',
  handed_in: '已交，等学院看',
  accepted: '已收下',
  refused: '被退回，请重交',
} satisfies Record<Standing, string>

export const materialWords = defineWords(
  {
    standings: standings as Record<Standing, string>,
    faults: faults as Record<HandInFault, string>,
    own: {
      title: '要交的材料',
      of: (name: string) => `${name}要您交的`,
      lacking: (n: number) => `还差${n}样没有交`,
      by: (day: string) => `请在${day}以前交齐（含当天）`,
      overdue: (day: string) => `${day}前就该交齐，请尽快交`,
      complete: '该交的都交了',
      none: '这个班不用在网上交材料。',
      notNow: '您在这个班没有名额，或者班已经结束，不用再交材料。',
      open: '去交材料',
      look: '看看交了什么',
      back: '回到培训班',
      privacy: (days: number) =>
        `只有您和本学院的管理员、班主任看得到，每次查看都有记录，保存时加密。退班后、或班结束${days}天后，系统自动删除。`,
      refused: (reason: string) => `学院退回的原因：${reason}`,
      handed: (when: string) => `${when}交`,
      file: (n: number) => `第${n}个文件`,
      fileOf: (what: string, n: number) => `打开${what}第${n}个文件`,
      send: (what: string) => `交${what}`,
      replace: (what: string) => `换掉，重交${what}`,
      choose: { photo: '拍一张，或从相册选', others: '拍照，或选照片、PDF，最多4个，可以一次选几个' },
      limit: '每个不超过10 MB；照片里的拍摄地点等信息，系统会去掉',
      level: '证书的技能等级',
      anyLevel: '不填',
      number: '证书编号',
      numberHint: '照着证书填；没有或看不清就不填',
      saved: (what: string) => `${what}交上了，学院看过以后会通知您。`,
    },
  },
  {
    standings: {
      missing: 'Not handed in yet',
      handed_in: 'Handed in; the academy will look',
      accepted: 'Accepted',
      refused: 'Came back: please hand it in again',
    },
    faults: {
      not_a_form: 'No file arrived; please choose it again',
      no_file: 'Please choose a file first',
      empty: 'The file is empty and was not taken; please choose it again',
      too_large: 'The file is larger than 10 MB and was not taken; compress photographs, split scans',
      broken: 'The upload broke off and nothing was taken. Please try again',
      too_many: 'Too many files, none was taken: one for a photo, 4 at most for anything else',
      unknown_kind:
        'Only photographs (JPG, PNG, WebP), and PDF but for the photo; one of the files is none of these or not whole, and none was taken',
      number: 'A certificate number has 4 to 40 letters, digits or “-”; please look again, and choose the files again',
      over: 'This class needs nothing of you now; nothing was taken',
      accepted: 'The academy has accepted what you handed in before; there is no need to send it again',
      busy: 'Another upload of yours is still running; please wait for it',
    },
    own: {
      title: 'To hand in',
      of: (name) => `What ${name} needs of you`,
      lacking: (n) => (n === 1 ? '1 thing is still to be handed in' : `${n} things are still to be handed in`),
      by: (day) => `Please hand in by ${day}`,
      overdue: (day) => `It was wanted by ${day}: please hand in soon`,
      complete: 'Everything is handed in',
      none: 'This class needs nothing to be handed in here.',
      notNow: 'You have no seat in this class, or it is over: there is nothing to hand in.',
      open: 'Hand in',
      look: 'See what you handed in',
      back: 'Back to the class',
      privacy: (days) =>
        `Only you, the class head and this academy’s administrators see it; each look is recorded; it is kept encrypted. It is deleted when you leave the class, or ${days} days after the class has ended.`,
      refused: (reason) => `Why it came back: ${reason}`,
      handed: (when) => `handed in ${when}`,
      file: (n) => `File ${n}`,
      fileOf: (what, n) => `Open file ${n} of ${what}`,
      send: (what) => `Hand in: ${what}`,
      replace: (what) => `Replace: ${what}`,
      choose: {
        photo: 'Take a photograph, or choose one',
        others: 'Take photographs, or choose pictures or PDF: 4 at most, several at once',
      },
      limit: '10 MB each at most; where a picture was taken and the like is removed',
      level: 'Level of the certificate',
      anyLevel: 'Not said',
      number: 'Certificate number',
      numberHint: 'As it stands on the certificate; leave it empty if there is none',
      saved: (what) => `${what}: handed in. You will be told once the academy has looked at it.`,
    },
  },
)
