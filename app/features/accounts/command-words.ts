import { defineWords } from '#app/lib/i18n.ts'
import { roleWords } from './role-words.ts'
import { words } from './words.ts'

const zh = words['zh-CN']
const en = words.en

/** What `accounts:create` and `accounts:password` say. */
export const commandWords = defineWords(
  {
    role: roleWords['zh-CN'],
    prompt: '密码（不显示）：',
    unknown: (option: string) => `没有这个选项或缺少它的值：${option}`,
    roles: (given: string | undefined, known: string) =>
      `${given === undefined ? '请用 --role 指定角色' : `没有“${given}”这个角色`}，可选：\n  ${known}`,
    workersRegister: '职工账号由本人在“登记”页（/register）办理，不从命令行建立',
    login: (given: string | undefined) =>
      `${given === undefined ? '请用 --login 指定登录名' : `“${given}”不能作登录名`}：应为3至32个字母、数字、“.”“-”或“_”，以字母开头`,
    needs: (role: string, body: 'academy' | 'union' | 'enterprise') =>
      ({
        academy: `角色 ${role} 须用 --academy 指定学院代码`,
        union: `角色 ${role} 须用 --union 指定推荐工会的全称`,
        enterprise: `角色 ${role} 须用 --enterprise 指定企业的全称`,
      })[body],
    needless: (role: string, body: 'academy' | 'union' | 'enterprise') =>
      `角色 ${role} 不属于某个学院、工会或企业，请去掉 --${body}`,
    noAcademy: (code: string) => `没有代码为“${code}”的学院，请先用 academies:import 导入`,
    noUnion: (name: string) => `没有名为“${name}”的工会，请写全称；工会随 academies:import 一起导入`,
    password: zh.passwordErrors,
    taken: (login: string, role: string, named: string) =>
      `登录名“${login}”已被另一个账号使用（角色 ${role} ${named}，或属于另一个学院、工会），请换一个登录名`,
    created: (login: string, role: string) => `已建立账号：${login}（${role}）`,
    unchanged: (login: string, role: string) =>
      `账号已存在，没有改动：${login}（${role}）。要改密码请用 accounts:password`,
    noAccount: (login: string) => `没有登录名为“${login}”的账号`,
    passwordChanged: (login: string) => `已改密码：${login}。此账号的所有登录都已退出`,
  },
  {
    role: roleWords.en,
    prompt: 'Password (not shown): ',
    unknown: (option) => `there is no such option, or it lacks its value: ${option}`,
    roles: (given, known) =>
      `${given === undefined ? 'say which role with --role' : `there is no role “${given}”`}; one of:\n  ${known}`,
    workersRegister: 'workers register themselves, on the page /register; they are not made from the shell',
    login: (given) =>
      `${given === undefined ? 'say which login name with --login' : `“${given}” is not a login name`}: 3 to 32 letters, digits, “.”, “-” or “_”, beginning with a letter`,
    needs: (role, body) =>
      ({
        academy: `the role ${role} needs --academy with an academy's code`,
        union: `the role ${role} needs --union with the full name of a sponsor`,
        enterprise: `the role ${role} needs --enterprise with the enterprise's full name`,
      })[body],
    needless: (role, body) =>
      `the role ${role} belongs to no academy, union or enterprise of its own: leave out --${body}`,
    noAcademy: (code) => `there is no academy “${code}”: import it first with academies:import`,
    noUnion: (name) => `there is no union “${name}”: write its full name; unions come in with academies:import`,
    password: en.passwordErrors,
    taken: (login, role, named) =>
      `the login “${login}” belongs to another account (role ${role}, ${named}, or of another academy or union): choose another login`,
    created: (login, role) => `made the account ${login} (${role})`,
    unchanged: (login, role) =>
      `the account is there already, nothing was changed: ${login} (${role}). To change its password: accounts:password`,
    noAccount: (login) => `there is no account with the login ${login}`,
    passwordChanged: (login) => `changed the password of ${login}; everyone signed in to it is signed out`,
  },
)
