import { defineWords } from '#app/lib/i18n.ts'

/** What a parser's complaint comes down to; the first that fits. */
const MDX: readonly [RegExp, MdxKind][] = [
  [/create a comment/, 'comment'],
  [/create a link/, 'link'],
  [/“|”|‘|’/, 'quotes'],
  [/closing quote/, 'quote'],
  [/attribute value, expected/, 'quotes'],
  [/closing tag|closing slash/, 'closing'],
  [/self-closing slash|end the tag/, 'end'],
  [/closing brace|acorn|expression/, 'brace'],
  [/before name/, 'less'],
]
type MdxKind = keyof (typeof syntaxWords)['en']['mdx']

const FORMULA: readonly [RegExp, FormulaKind][] = [
  [/Undefined control sequence/, 'command'],
  [/Unicode text|Unrecognized Unicode|unknownSymbol/, 'text'],
  [/Double (?:super|sub)script/, 'double'],
  [/got '&'|got '\\\\'|newline/, 'rows'],
  [/\\(?:right|left|end|begin)\b/, 'pair'],
  [/[{}]|end of input|EOF/, 'braces'],
]
type FormulaKind = keyof (typeof syntaxWords)['en']['formula']

/** By the error codes of the `yaml` package, which stand before the first space of the detail. */
const YAML: Readonly<Record<string, YamlKind>> = {
  BLOCK_AS_IMPLICIT_KEY: 'colon',
  MULTILINE_IMPLICIT_KEY: 'line',
  TAB_AS_INDENT: 'tab',
  DUPLICATE_KEY: 'twice',
  BAD_SCALAR_START: 'start',
  BAD_DQ_ESCAPE: 'escape',
  MULTIPLE_DOCS: 'documents',
  BAD_INDENT: 'indent',
  MISSING_CHAR: 'missing',
  UNEXPECTED_TOKEN: 'indent',
  BAD_COLLECTION_TYPE: 'indent',
}
type YamlKind = keyof (typeof syntaxWords)['en']['yaml']

const kindIn = <K>(rules: readonly [RegExp, K][], message: string, other: K): K =>
  rules.find(([pattern]) => pattern.test(message))?.[1] ?? other

export const mdxKind = (message: string): MdxKind => kindIn(MDX, message, 'other')
export const formulaKind = (message: string): FormulaKind => kindIn(FORMULA, message, 'other')
export function yamlKind(detail: string): YamlKind {
  const code = detail.split(' ')[0] ?? ''
  return Object.hasOwn(YAML, code) ? YAML[code]! : 'other'
}

/** Per kind: what is wrong, and how to write it. */
export const syntaxWords = defineWords(
  {
    mdx: {
      comment: ['不能写注释<!-- -->', '删去；要留给自己的话写在课文之外'],
      link: ['链接不能用尖括号', '写成[文字](https://…)'],
      quotes: ['属性的值要放在半角双引号里', '写成title="…"，不要用“…”'],
      quote: ['属性的值少了结尾的双引号', '补上半角双引号"'],
      closing: ['组件的开始和结束对不上', '每个<名称>都要有</名称>，各占一行，前后空一行；里面没有内容的写成<名称 />'],
      end: ['标签没有写完', '在末尾补上/>或>'],
      brace: ['花括号在课文里有特别的意思', '要写花括号本身，写成\\{和\\}'],
      less: ['“<”后面不是组件名', '要写小于号，写成\\<，或者写“小于”'],
      other: ['课文的写法有误', '对照content/README.md和/help里的例子，看这一行前后'],
    },
    formula: {
      command: ['没有这个命令', '看看拼写；可用的命令见katex.org/docs/supported'],
      text: ['公式里不能直接写汉字或特殊符号', '汉字写进\\text{…}，希腊字母写\\Omega这样的命令'],
      double: ['同一个字母后面有两个上标或下标', '用花括号分清，例如{x^2}^3'],
      rows: ['这里不能换行或对齐', '要分行，写几个公式；要对齐，用\\begin{aligned}…\\end{aligned}'],
      pair: ['\\left和\\right、\\begin和\\end要成对', '补上缺的那一半'],
      braces: ['花括号不成对', '数一数{和}，补上缺的'],
      other: ['公式的写法有误', '把公式拆短，逐段试'],
    },
    yaml: {
      colon: ['值里有冒号加空格', '把整个值放进半角双引号，例如title: "一: 二"'],
      line: ['这一行不是“键: 值”', '看看冒号是不是半角、后面有没有空一格，上一行的引号有没有写完'],
      tab: ['缩进用了Tab', '缩进用空格，每层两个'],
      twice: ['同一个键写了两次', '删去多余的一个'],
      start: ['值不能以这个符号开头', '把整个值放进半角双引号'],
      escape: ['双引号里的\\写法不对', '写成\\\\，或者改用单引号'],
      documents: ['一个文件里有两份YAML', '删去中间的---'],
      indent: ['缩进对不上', '同一层的各行要从同一列开始，用空格，每层两个'],
      missing: ['少了引号、括号或冒号', '补上；看看这一行和上一行'],
      other: ['YAML的写法有误', '看看缩进、冒号和引号'],
    },
  },
  {
    mdx: {
      comment: ['comments <!-- --> are not allowed', 'remove it; keep notes to yourself out of the lesson'],
      link: ['a link is not written in angle brackets', 'write [words](https://…)'],
      quotes: ['the value of an attribute stands in plain double quotes', 'write title="…", not “…”'],
      quote: ['the value of an attribute has no closing quote', 'add the double quote "'],
      closing: [
        'a component’s beginning and end do not match',
        'give each <Name> its </Name>, each on a line of its own with an empty line around it; without content it is <Name />',
      ],
      end: ['a tag is not finished', 'end it with /> or >'],
      brace: ['braces mean something special in a lesson', 'write \\{ and \\} for the signs themselves'],
      less: ['no component’s name follows the "<"', 'write \\< for the sign, or say "less than"'],
      other: [
        'this is not written as it should be',
        'compare with content/README.md and the examples at /help, around this line',
      ],
    },
    formula: {
      command: ['there is no such command', 'check its spelling; the commands are at katex.org/docs/supported'],
      text: [
        'words and special signs do not stand in a formula',
        'put words into \\text{…}, write Greek letters as \\Omega',
      ],
      double: ['a letter has two superscripts or subscripts', 'tell them apart by braces: {x^2}^3'],
      rows: ['no new line and no & here', 'write several formulas, or \\begin{aligned}…\\end{aligned}'],
      pair: ['\\left and \\right, \\begin and \\end come in pairs', 'add the missing one'],
      braces: ['braces do not match', 'count { and }, add the missing one'],
      other: ['this is not written as it should be', 'cut the formula up and try each piece'],
    },
    yaml: {
      colon: ['a value has a colon and a space in it', 'put the whole value in double quotes: title: "one: two"'],
      line: [
        'this line is no "key: value"',
        'check the colon and the space after it, and the quotes of the line above',
      ],
      tab: ['a tab is used to indent', 'indent by two spaces'],
      twice: ['a key is given twice', 'remove one of them'],
      start: ['a value cannot begin with this sign', 'put the whole value in double quotes'],
      escape: ['a \\ in double quotes is not written as it should be', 'write \\\\, or use single quotes'],
      documents: ['there are two documents in this file', 'remove the --- between them'],
      indent: ['the indentation does not match', 'begin the lines of one level in the same column, two spaces a level'],
      missing: ['a quote, a bracket or a colon is missing', 'add it; look at this line and the one above'],
      other: ['this YAML is not written as it should be', 'check indentation, colons and quotes'],
    },
  },
)
