import { defineWords } from '#app/lib/i18n.ts'

/** How a worker hears of a seat today: in the app. Once a channel sends short messages, this says so, and the sentences with it. */
export const SEAT_CHANNEL: 'app' | 'sms' = 'app'

/** What workers read about asking, waiting and being offered a seat. Each says how it stands and what to do next. */
export const seatWords = defineWords(
  {
    ask: { request: '申请报名', wait: '排队候补' },
    needsApproval: '报名后由学院审核，结果会告诉您。',
    waitsNow: (count: number) =>
      count === 0 ? '名额已满，可以候补，您是第1位。' : `名额已满，可以候补，前面已有${count}人。`,
    requested: {
      title: '待审核',
      text: (when: string) => `报名申请已交给学院。学院会在${when}前答复，结果在“消息”里告诉您。`,
      leave: '撤回申请',
      ask: '确定撤回申请吗？',
      lose: '撤回后不再审核。报名还没截止的话，可以再申请。',
      yes: '确认撤回',
    },
    waitlisted: {
      title: '候补中',
      text: (position: number, hours: number, channel: 'app' | 'sms') =>
        `您排在候补第${position}位。有名额时将${channel === 'sms' ? '发短信' : '在“消息”里'}通知您，请在${hours}小时内确认。`,
      clock: (from: number, until: number) => `夜里不计时：确认时间只算每天${from}:00—${until}:00。`,
      over: (position: number) => `您排在候补第${position}位。马上要开班了，有空位时班主任会打电话给您。`,
      leave: '不等了，退出候补',
      ask: '确定退出候补吗？',
      lose: '退出后位置让给后面的人；再来要重新排队。',
      yes: '确认退出',
    },
    offered: {
      title: '有名额了，请您确认',
      text: (when: string) => `请在${when}前确认。过时没有确认，名额就让给下一位。`,
      accept: '确认，我要参加',
      leave: '不参加，让给别人',
      ask: '确定不要这个名额吗？',
      lose: '名额马上让给下一位；再来要重新排队。',
      yes: '确认不要',
    },
    keep: '再想想',
    rejected: '学院没有通过您的报名',
    noReason: '学院没有写原因，可以打电话问班主任。',
    ended: {
      declined: '您没有要这个名额，已让给下一位。还可以再次报名。',
      offer_expired: '您没有在时限内确认，名额已让给下一位。还可以再次报名。',
      request_expired: '学院没有按时答复，您的报名申请已失效。请打电话问班主任，或再次报名。',
      class_cancelled: '班已取消，您的报名也就取消了。',
    },
    endedClosed: {
      left: '您已退班。',
      declined: '您没有要这个名额，已让给下一位。',
      offer_expired: '您没有在时限内确认，名额已让给下一位。',
      request_expired: '学院没有按时答复，您的报名申请已失效。请打电话问班主任。',
      class_cancelled: '班已取消，您的报名也就取消了。',
    },
    cancelled: (reason: string) => `这个班已取消：${reason}`,
    line: {
      requested: (when: string) => `${when}前答复`,
      waitlisted: (position: number) => `候补第${position}位`,
      offered: (when: string) => `请在${when}前确认`,
    },
    neverSeated: '未能入班',
    eligible: {
      title: '报名条件',
      categories: (list: string) => `面向：${list}`,
      employers: (list: string) => `限以下单位的职工：${list}`,
      level: (level: string) => `已有本职业（工种）${level}或更高等级`,
      years: (years: number) => `工作满${years}年`,
      members: '限工会会员',
    },
    declare: {
      title: '报名前请填写',
      hint: '由您本人如实填写，学院会看到，报到时可能要看证明。',
      category: '您是',
      employer: '工作单位',
      employerHint: '请写全称，和工资单、社保上的一样',
      level: '您已有的本职业技能等级',
      years: '工作年限（整年）',
      member: '您是工会会员吗',
      yes: '是',
      no: '不是',
      choose: '请选择',
      none: '没有等级',
      missing: '请填写这一项',
    },
    categories: {
      employed: '在职职工',
      flexible: '灵活就业人员',
      new_form: '新就业形态劳动者',
      laid_off: '下岗待岗人员',
      student: '在校学生',
      retired: '退休人员',
      other: '其他',
    },
    refused: {
      clash: (name: string, date: string) =>
        `没有报上：您已报名“${name}”（${date}开班），和这个班有课重在同一时间。要上这个班，请先退掉那个班。`,
      not_eligible: {
        category: '没有报上：这个班面向的人员里没有您填写的类别。请看其他培训班。',
        employer: '没有报上：这个班只收指定单位的职工。单位名称写得不一样的话，请改成全称再试。',
        level: '没有报上：这个班要求已有的技能等级比您现在的高。请先看低一级的班。',
        years: '没有报上：您的工作年限还不够这个班的要求。请看其他培训班。',
        member: '没有报上：这个班只收工会会员。请先向单位工会申请入会。',
      },
    },
  },
  {
    ask: { request: 'Ask for a seat', wait: 'Join the waiting list' },
    needsApproval: 'The academy looks at each request and tells you the result.',
    waitsNow: (count) =>
      count === 0 ? 'Full; you would be the first to wait.' : `Full; ${count} wait already, and you can join them.`,
    requested: {
      title: 'Awaiting approval',
      text: (when) => `The academy has your request and answers before ${when}; the result is in your messages.`,
      leave: 'Take the request back',
      ask: 'Take your request back?',
      lose: 'It is not looked at any more. While enrolment is open you can ask again.',
      yes: 'Take it back',
    },
    waitlisted: {
      title: 'On the waiting list',
      text: (position, hours, channel) =>
        `You are number ${position} on the waiting list. When there is a seat you get ${channel === 'sms' ? 'a text message' : 'a message here'}: please confirm within ${hours} hours.`,
      clock: (from, until) => `The clock stops at night: only ${from}:00 to ${until}:00 counts.`,
      over: (position) =>
        `You are number ${position} on the waiting list. The class is about to begin: the class head phones you if there is a seat.`,
      leave: 'Leave the waiting list',
      ask: 'Leave the waiting list?',
      lose: 'Those behind you move up; if you come back you start at the end.',
      yes: 'Leave it',
    },
    offered: {
      title: 'There is a seat for you: please confirm',
      text: (when) => `Confirm before ${when}. Otherwise the seat goes to the next.`,
      accept: 'Yes, I take part',
      leave: 'No, let somebody else have it',
      ask: 'Let this seat go?',
      lose: 'It goes to the next at once; if you come back you start at the end.',
      yes: 'Let it go',
    },
    keep: 'Not yet',
    rejected: 'The academy did not accept you',
    noReason: 'The academy gave no reason; you can phone the class head.',
    ended: {
      declined: 'You let the seat go; it went to the next. You can enrol again.',
      offer_expired: 'You did not confirm in time; the seat went to the next. You can enrol again.',
      request_expired:
        'The academy did not answer in time; your request has lapsed. Phone the class head, or ask again.',
      class_cancelled: 'The class is cancelled, and your enrolment with it.',
    },
    endedClosed: {
      left: 'You have withdrawn.',
      declined: 'You let the seat go; it went to the next.',
      offer_expired: 'You did not confirm in time; the seat went to the next.',
      request_expired: 'The academy did not answer in time; your request has lapsed. Please phone the class head.',
      class_cancelled: 'The class is cancelled, and your enrolment with it.',
    },
    cancelled: (reason) => `This class is cancelled: ${reason}`,
    line: {
      requested: (when) => `answered before ${when}`,
      waitlisted: (position) => `number ${position} in line`,
      offered: (when) => `confirm before ${when}`,
    },
    neverSeated: 'No seat',
    eligible: {
      title: 'Who can enrol',
      categories: (list) => `For: ${list}`,
      employers: (list) => `Workers of: ${list}`,
      level: (level) => `${level} or higher in this occupation, held already`,
      years: (years) => `At least ${years} ${years === 1 ? 'year' : 'years'} of work`,
      members: 'Union members',
    },
    declare: {
      title: 'Please fill in before you enrol',
      hint: 'In your own words and true: the academy sees it and may ask for proof on arrival.',
      category: 'You are',
      employer: 'Employer',
      employerHint: 'In full, as on your pay slip',
      level: 'The level that you hold in this occupation',
      years: 'Years of work (whole years)',
      member: 'Are you a union member?',
      yes: 'Yes',
      no: 'No',
      choose: 'Please choose',
      none: 'No level',
      missing: 'Please fill this in',
    },
    categories: {
      employed: 'Employed',
      flexible: 'Flexibly employed',
      new_form: 'In new forms of work',
      laid_off: 'Laid off',
      student: 'Student',
      retired: 'Retired',
      other: 'Other',
    },
    refused: {
      clash: (name, date) =>
        `You were not enrolled: you sit in “${name}” (from ${date}) at the same time. To take this class, withdraw from that one first.`,
      not_eligible: {
        category:
          'You were not enrolled: this class is for others than what you filled in. Please look at other classes.',
        employer:
          'You were not enrolled: this class is for workers of certain employers. If yours is written differently, write it in full.',
        level: 'You were not enrolled: this class wants a higher level than you hold. Please look at one level below.',
        years: 'You were not enrolled: this class wants more years of work. Please look at other classes.',
        member: 'You were not enrolled: this class is for union members. Please ask your union about joining.',
      },
    },
  },
)
