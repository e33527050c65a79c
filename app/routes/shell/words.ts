import { defineWords } from '#app/lib/i18n.ts'

/** The product's name and the navigation around every page. */
export const words = defineWords(
  {
    product: '匠学堂',
    description: '工匠学院培训管理平台',
    learn: '学习',
    courses: '课程',
    classes: '培训班',
    certificates: '证书',
    me: '我的',
    academies: '工匠学院',
    signIn: '登录',
    workplace: '工作台',
    help: '帮助',
    notices: '消息',
    unread: (n: number) => (n > 98 ? '99条以上未读' : `${n}条未读`),
    demoLoading: (percent: number) => `演示数据正在装入（${percent}%），各项数字还会变。`,
  },
  {
    product: 'Jiangxuetang',
    description: 'Training at the craftsman academies',
    learn: 'Learn',
    courses: 'Courses',
    classes: 'Classes',
    certificates: 'Certificates',
    me: 'Me',
    academies: 'Academies',
    signIn: 'Sign in',
    workplace: 'My desk',
    help: 'Help',
    notices: 'Messages',
    unread: (n) => (n > 98 ? '99 or more unread' : `${n} unread`),
    demoLoading: (percent) => `The demo data is loading (${percent} %): figures will still change.`,
  },
)
