import { defineWords } from '#app/lib/i18n.ts'

/** The calendar in the phone: its page and what stands in it. */
export const calendarWords = defineWords(
  {
    name: '匠学堂课表',
    cancelled: (title: string) => `已取消：${title}`,
    title: '课表放进手机日历',
    lead: '您的上课时间和地点会出现在手机自带的日历里，改期、取消会自动更新，还能设提醒。',
    open: '放进手机日历',
    make: '生成日历地址',
    makeAgain: '换一个新地址',
    remove: '停用日历地址',
    made: (when: string) =>
      `日历地址已于${when}生成。为了安全，地址只在生成时显示一次；忘了就换一个新的，旧的随即失效。`,
    none: '还没有日历地址。',
    removed: '日历地址已停用，手机日历不会再更新。',
    address: '日历地址',
    once: '现在就添加：离开这一页后，地址不再显示。',
    secret: '知道这个地址的人能看到您的课表（没有姓名和号码），请不要转发。',
    subscribe: '添加到日历（苹果手机、电脑）',
    ways: {
      apple: '苹果手机',
      appleHow: '点上面的“添加到日历”，再点“订阅”。',
      android: '安卓、鸿蒙手机',
      androidHow:
        '长按复制地址，打开手机自带的“日历”，在设置里找“订阅日历”或“通过网址添加”，粘贴。没有这一项的，可在电脑上的日历里添加，再与手机同步。',
      wechat: '在微信里打开的',
      wechatHow: '先点右上角“…”，选“在浏览器打开”，再按上面的做。',
    },
  },
  {
    name: 'Jiangxuetang classes',
    cancelled: (title) => `Cancelled: ${title}`,
    title: 'Classes in your phone’s calendar',
    lead: 'When and where your classes meet, in the calendar that your phone has; changes arrive by themselves.',
    open: 'Put classes into the calendar',
    make: 'Make a calendar address',
    makeAgain: 'Make a new address',
    remove: 'Switch the address off',
    made: (when) =>
      `An address was made on ${when}. It was shown once, for safety: if it is lost, make a new one, which ends the old one.`,
    none: 'There is no calendar address yet.',
    removed: 'The address is switched off: calendars will not be brought up to date any more.',
    address: 'Calendar address',
    once: 'Add it now: it is not shown again after this page.',
    secret: 'Whoever knows the address can see your timetable (no names, no numbers): please do not pass it on.',
    subscribe: 'Add to the calendar (iPhone, computer)',
    ways: {
      apple: 'iPhone',
      appleHow: 'Tap “Add to the calendar” above, then “Subscribe”.',
      android: 'Android, HarmonyOS',
      androidHow:
        'Copy the address, open the phone’s calendar, look for “subscribe” or “add by URL” in its settings, and paste. Where there is none, add it to a calendar on a computer that the phone follows.',
      wechat: 'Inside WeChat',
      wechatHow: 'First tap “…” at the top right and open the page in the browser, then do the same.',
    },
  },
)
