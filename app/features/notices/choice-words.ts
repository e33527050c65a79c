import { defineWords } from '#app/lib/i18n.ts'

/** The page on which an account chooses how it is told. */
export const choiceWords = defineWords(
  {
    title: '通知方式',
    lead: '站内“消息”总会收到。想不想另外收短信、邮件，由您决定。',
    change: '选择通知方式',
    saved: '已保存。',
    inApp: '站内消息',
    inAppNote: '总是开着：登录后点铃铛查看。',
    sms: '短信',
    smsTo: (phone: string) => `发到${phone}`,
    smsNoPhone: '账号没有手机号，收不到短信。',
    smsOff: '平台目前不发短信，请留意站内消息。',
    mail: '电子邮件',
    mailNote: '填写下面的邮箱后才会发送。',
    mailOff: '平台目前不发邮件。',
    address: '邮箱',
    addressHint: '例如 name@example.com。只用来给您发通知。',
    language: '短信、邮件用您保存时的页面语言。',
    night: (from: string, until: string) =>
      `${from}到${until}不发，过后再发；临时取消这类急事除外，23:00到6:00才不发。`,
    noNumbers: '短信、邮件里不会有您的证件号，也不会让您转账或索要验证码。',
    save: '保存',
    errors: {
      address_missing: '要收邮件，请填写邮箱。',
      address_form: '这个邮箱写得不对，请检查，例如 name@example.com。',
    },
  },
  {
    title: 'How you are told',
    lead: 'Messages here always reach you. Whether you want an SMS or e-mail besides is up to you.',
    change: 'Choose how you are told',
    saved: 'Saved.',
    inApp: 'Messages here',
    inAppNote: 'Always on: sign in and tap the bell.',
    sms: 'SMS',
    smsTo: (phone) => `to ${phone}`,
    smsNoPhone: 'The account has no phone number, so no SMS can reach it.',
    smsOff: 'No SMS are sent at present: please look at the messages here.',
    mail: 'E-mail',
    mailNote: 'Sent once an address stands below.',
    mailOff: 'No e-mail is sent at present.',
    address: 'E-mail address',
    addressHint: 'For example name@example.com. Used for nothing but telling you.',
    language: 'SMS and e-mail come in the language of this page when you save.',
    night: (from, until) =>
      `Nothing is sent from ${from} to ${until}, but afterwards. Only what is urgent, such as a cancelled class, waits from 23:00 to 6:00 alone.`,
    noNumbers: 'They never hold your document number, and never ask for money or a code.',
    save: 'Save',
    errors: {
      address_missing: 'To get e-mail, please give an address.',
      address_form: 'This is not an e-mail address. For example: name@example.com.',
    },
  },
)
