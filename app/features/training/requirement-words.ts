import { defineWords } from '#app/lib/i18n.ts'

export const requirementWords = defineWords(
  {
    title: '要学员交的材料',
    tab: '学员材料',
    ticked: '报名后请学员在手机上交',
    tickedHint:
      '学员拍照上传，学院收下或退回；只有管理员、班主任和学员本人看得到。到现场才出示的，写在“报到要出示的材料”里。',
    others: '其他材料',
    othersHint: '一行一样，2至40个字，最多5样，例如：体检表',
    fault: '其他材料每样2至40个字，最多5样',
    kinds: { photo: '一寸照片', earlier_certificate: '原证书', work_years: '工龄证明' },
    toHandIn: '报名后要交的材料',
    onPhone: '报名后在手机上拍照上传',
  },
  {
    title: 'What workers hand in',
    tab: 'Materials',
    ticked: 'To be handed in on the phone after enrolling',
    tickedHint:
      'Workers send a photograph or PDF; the academy accepts it or says why not. Only administrators, the class head and the worker see it. What is only shown on arrival stands under “Documents to show on arrival”.',
    others: 'Other documents',
    othersHint: 'One a line, 2 to 40 characters, 5 at most; for example: health check',
    fault: 'Other documents: 2 to 40 characters each, 5 at most',
    kinds: {
      photo: 'One-inch photo',
      earlier_certificate: 'Earlier certificate',
      work_years: 'Proof of years of work',
    },
    toHandIn: 'To hand in after enrolling',
    onPhone: 'Photograph and send them with the phone once enrolled',
  },
)

/** What a requirement is called. */
export const requirementName = (
  w: (typeof requirementWords)['zh-CN'] | (typeof requirementWords)['en'],
  { kind, name }: { kind: string; name: string | null },
): string => name ?? w.kinds[kind as keyof typeof w.kinds] ?? kind
