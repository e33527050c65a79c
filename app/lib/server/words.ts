import type { StartErrorCode } from '#db/start-error.ts'
import { defineWords } from '../i18n.ts'

/** What the HTTP server answers by itself, before any page, and what a start says at the shell. */
export const words = defineWords(
  {
    product: '匠学堂',
    home: '回到首页',
    requestNumber: (id: string) => `请求编号：${id}`,
    refusals: {
      400: { title: '网址或表单有误', text: '这个请求不完整或格式不对，没有做任何改动。请返回上一页重试。' },
      403: {
        title: '请求来自别的网站',
        text: '为了您的安全，只接受从本站页面提交的内容。没有做任何改动，请在本站页面上重新提交。',
      },
      405: { title: '不支持的操作', text: '这个网址不支持这种操作。' },
      413: { title: '提交的内容太大', text: '提交的内容超过了大小限制，没有保存。请减少内容后再提交。' },
      414: { title: '网址太长', text: '这个网址太长，无法处理。' },
      415: { title: '不支持的格式', text: '提交的内容不是表单，没有做任何改动。' },
      500: { title: '出错了', text: '服务器出了问题，我们已经记录下来。请稍后再试。' },
      503: { title: '暂时无法使用', text: '系统正在启动或维护，请稍候几秒再试。' },
    },
    databaseLost: '与数据库的连接中断，没有完成的内容没有写入。请检查数据库是否在运行，然后重试。',
    ready: (url: string) => `匠学堂已启动：${url}`,
    stopHint: '按 Ctrl-C 停止。',
    stopping: '正在停止，请稍候……',
    demoAccounts: '演示账号（数据均为虚构）：',
    account: { role: '角色', login: '登录名', password: '密码', about: '说明' },
  },
  {
    product: 'Jiangxuetang',
    home: 'To the first page',
    requestNumber: (id: string) => `Request number: ${id}`,
    refusals: {
      400: {
        title: 'Malformed address or form',
        text: 'This request is incomplete or malformed; nothing was changed. Please go back and try again.',
      },
      403: {
        title: 'This came from another site',
        text: 'For your safety only forms of this site are accepted. Nothing was changed; please submit it again from a page of this site.',
      },
      405: { title: 'Not supported', text: 'This address does not support that operation.' },
      413: { title: 'Too large', text: 'What was sent is over the size limit and was not saved. Please send less.' },
      414: { title: 'Address too long', text: 'This address is too long.' },
      415: { title: 'Format not supported', text: 'What was sent is not a form; nothing was changed.' },
      500: {
        title: 'Something went wrong',
        text: 'The server had a problem, which has been logged. Please try again later.',
      },
      503: {
        title: 'Not available right now',
        text: 'The system is starting or under maintenance. Please try again in a few seconds.',
      },
    },
    databaseLost:
      'The connection to the database was lost; what was not finished was not written. Check that it runs, and try again.',
    ready: (url: string) => `Jiangxuetang is running at ${url}`,
    stopHint: 'Press Ctrl-C to stop.',
    stopping: 'Stopping …',
    demoAccounts: 'Demo accounts (all data is made up):',
    account: { role: 'role', login: 'login', password: 'password', about: 'about' },
  },
)

/** Why a start failed, for an operator who reads Chinese; the error's own message says the same in English below it. */
export const startErrorsInChinese: Record<StartErrorCode, (detail: string) => string> = {
  folder_not_writable: (path) => `文件夹 ${path} 无法写入：请用 DATA_DIR 指定一个可以写入的文件夹。`,
  platform_unsupported: () => '内置的 PostgreSQL 不支持本机：请用 DATABASE_URL 指定您自己的 PostgreSQL。',
  account_missing: () =>
    'PostgreSQL 不能以 root 身份运行，也无法建立 postgres 账号：请用普通用户运行，或设置 DATABASE_URL。',
  initdb_failed: (path) => `内置数据库无法建立数据文件夹 ${path}，原因见下一行。`,
  embedded_failed: () => '内置数据库无法启动，原因见下一行。',
  embedded_busy: (pid) => `另一个进程（${pid}）一直在启动或停止数据库，等待超时。`,
  setting_invalid: (faults) => `有设置无法识别：${faults}。`,
  demo_must_not_send: () =>
    '演示数据里的手机号是编的，可能正好是别人的号码，所以不能接真实的短信网关：请用 SEED=none 另建数据，或把 SMS_GATEWAY_URL 设为 console。',
  secret_missing: (name) => `缺少密钥 ${name}：没有它无法启动，办法见下一行。`,
  secret_unreadable: (name) => `密钥 ${name} 无法读取，或格式不对，原因见下一行。`,
  port_taken: (port) => `端口 ${port} 不能使用：请停止占用它的程序，或用 PORT 指定另一个端口。`,
  address_unavailable: (host) => `本机没有地址 ${host}：请用 HOST 指定本机的地址。`,
  database_unreachable: () => '连接不上 DATABASE_URL 所指的数据库：请检查它是否在运行。',
  database_refused: () => 'DATABASE_URL 所指的数据库拒绝了连接，原因见下一行。',
  database_too_old: () => '数据库版本太旧：需要 PostgreSQL 15 或更新的版本。',
}
