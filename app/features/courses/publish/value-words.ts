import { defineWords } from '#app/lib/i18n.ts'

/** How a value of a YAML file is not as it should be, said from the details of content/yaml-issue.ts. */
const kinds = defineWords(
  {
    string: '文字',
    number: '数字',
    int: '整数',
    array: '列表',
    object: '一组“键: 值”',
    record: '一组“键: 值”',
    boolean: 'true或false',
    date: '日期',
  },
  {
    string: 'text',
    number: 'a number',
    int: 'a whole number',
    array: 'a list',
    object: 'keys with values',
    record: 'keys with values',
    boolean: 'true or false',
    date: 'a date',
  },
)

const kindOf = (locale: 'zh-CN' | 'en', kind: string) =>
  Object.hasOwn(kinds[locale], kind) ? kinds[locale][kind as keyof (typeof kinds)['en']] : kind

const SIZE = { string: ['个字', ' characters'], array: ['项', ' items'] } as const
const unitOf = (origin = '') => (origin === 'string' || origin === 'array' ? SIZE[origin] : (['', ''] as const))

export const valueWords = defineWords(
  {
    /** `minutes number` */
    type: ([path, kind = '']: string[]) => `“${path}”应当是${kindOf('zh-CN', kind)}`,
    /** `title max 60 string` */
    size: ([path, bound, limit, origin]: string[]) => {
      const [unit] = unitOf(origin)
      if (bound === 'step') return `“${path}”应当是${limit}的倍数`
      if (bound === 'min' && limit === '1' && unit) return `“${path}”不能空着`
      const most = unit ? '最多' : '最大是'
      const least = unit ? '最少' : '最小是'
      return `“${path}”${bound === 'max' ? most : least}${limit}${unit}`
    },
    /** `kind single multiple` */
    choice: ([path, ...values]: string[]) => `“${path}”只能是：${values.join('、')}`,
  },
  {
    type: ([path, kind = '']) => `"${path}" must be ${kindOf('en', kind)}`,
    size: ([path, bound, limit, origin]) => {
      const [, unit] = unitOf(origin)
      if (bound === 'step') return `"${path}" must be a multiple of ${limit}`
      if (bound === 'min' && limit === '1' && unit) return `"${path}" is empty`
      return `"${path}" must be at ${bound === 'max' ? 'most' : 'least'} ${limit}${unit}`
    },
    choice: ([path, ...values]) => `"${path}" must be one of: ${values.join(', ')}`,
  },
)

/** What the shapes say in English, in Chinese; `$1` is what stands in the brackets. */
const RULES: readonly [RegExp, string][] = [
  [/^must be one line$/, '只能写一行'],
  [/^must be YYYY-MM-DD$/, '日期写成2026-11-25这样'],
  [/^no such date$/, '没有这一天'],
  [/^must be the name of a course folder$/, '写课程文件夹的名称，例如electrical-safety'],
  [/^must be the code of an academy$/, '写学院代码，例如GZQC'],
  [/^must be an occupation code like (.*)$/, '职业代码写成$1这样'],
  [/^id: letters, digits, - and _$/, 'id只用字母、数字、-和_'],
  [/^two options have the same id$/, '两个选项的id相同'],
  [/^an answer is given twice$/, '同一个答案写了两次'],
  [/^no option has the id (.*)$/, '没有id为$1的选项'],
  [/^exactly one answer is right$/, '单选题、判断题的答案只写一个'],
  [/^two or more are right, else it is kind: single$/, '多选题至少两个答案，只有一个的写kind: single'],
  [/^true_false has the options "true" and "false", in this order$/, '判断题的选项依次是"true"（对）和"false"（错）'],
  [/^must not be negative: .*$/, '不能是负数：手机的数字键没有负号'],
  [/^at most 6 decimals$/, '最多6位小数'],
  [/^two items have the same id$/, '两个步骤的id相同'],
  [/^two items say the same: .*$/, '两个步骤写得一样，分不出先后'],
  [/^two of them have the same id$/, '其中两个的id相同'],
  [/^two of them say the same(?:: .*)?$/, '其中两个写得一样'],
  [/^no right side is named for (.*)$/, '没有写$1配哪一个'],
  [/^(left|right) has no id (.*)$/, '$1里没有id为$2的'],
  [/^has one blank, written ____$/, '题干里要有一处空，写成____'],
  [/^two questions have this id$/, '两道题的id相同'],
  [/^the questions of a lesson have no topic: .*$/, '课后测验的题不写topic，它是题库用的'],
  [/^topic is missing: .*$/, '缺少topic：写这道题属于哪一课'],
  [/^no lesson is named (.*)$/, '没有名叫$1的课'],
  [/^there is no file (.*)$/, '没有文件$1'],
  [/^draws (\d+) questions: (\d+) to (\d+) make a test$/, '一共抽$1题：应当是$2到$3题'],
  [/^drawn twice$/, '这一课抽了两次'],
  [/^the bank has no question of (.*)$/, '题库里没有$1的题'],
  [/^the bank has (\d+) of this topic: drawing (\d+) takes (\d+) or more$/, '题库里这一课有$1题：抽$2题要有$3题以上'],
  [/^(.*) is explained twice$/, '“$1”解释了两次'],
  [/^revision 2 and above say in one sentence what changed$/, 'revision是2以上的，要用一句话写明改了什么'],
  [/^belongs to revision 2 and above: .*$/, 'revision是2以上的才写；还没有写revision的补上，或者删去这一行'],
  [/^must not be more than minutes$/, '不能比minutes大'],
]

/** A rule of a shape in Chinese; its path stays in front. What nobody translated stays as it is. */
export function ruleInChinese(detail: string): string {
  const at = detail.indexOf(': ')
  const [path, message] = at < 0 ? ['', detail] : [detail.slice(0, at), detail.slice(at + 2)]
  const [pattern, text] = RULES.find(([pattern]) => pattern.test(message)) ?? []
  const said = pattern && text ? message.replace(pattern, text) : message
  return path === '' ? said : `“${path}”${said}`
}
