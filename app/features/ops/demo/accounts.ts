import type { Role } from '#db/values.ts'

/** One account per role, for whoever looks around. The password is public: it works on demo data alone. */
export const DEMO_PASSWORD = 'gongjiang-2026'

export type DemoLogin = {
  role: Role
  login: string
  /** Shown in the shell. */
  name: string
  /** The academy of an administrator or instructor. */
  academy?: string
  /** The union of a sponsor's reviewer. */
  union?: string
  /** The enterprise of a union's account. */
  enterprise?: string
  about: string
}

export const DEMO_LOGINS: readonly DemoLogin[] = [
  { role: 'worker', login: 'worker', name: '', about: '职工：学课程、报培训班' },
  { role: 'instructor', login: 'teacher', name: '周慧玲', academy: 'GZQC', about: '教师：看自己班的花名册' },
  {
    role: 'academy_admin',
    login: 'academy',
    name: '何志文',
    academy: 'GZQC',
    about: '学院管理员：开班、花名册、学时、证书',
  },
  {
    role: 'academy_admin',
    login: 'academy2',
    name: '黎婉婷',
    academy: 'GZQC',
    about: '同一学院另一位管理员：确认他人录入的考核成绩',
  },
  {
    role: 'enterprise_union',
    login: 'union',
    name: '冯建强',
    enterprise: '广州示例汽车零部件有限公司（演示）',
    about: '企业工会：为本企业职工报名、退班，看出勤和成绩',
  },
  {
    role: 'sponsor_reviewer',
    login: 'city',
    name: '林秀英',
    union: '广州市总工会',
    about: '市总审核员：看所推荐学院的指标',
  },
  { role: 'provincial_handler', login: 'province', name: '陈敏仪', about: '省总经办人：看全省各学院的指标' },
  { role: 'provincial_reviewer', login: 'reviewer', name: '黄建国', about: '省总复核人：看全省各学院的指标' },
  { role: 'operator', login: 'operator', name: '系统管理员', about: '系统管理员：看运行状态，不见个人信息' },
]
