import { defineWords } from './i18n.ts'

/** What can be wrong with a table, whatever it is about: what it is, and what would be right. */
export const words = defineWords(
  {
    fileMissing: '找不到这个文件，请检查路径和文件名',
    fileUnreadable: (code: string) => `文件无法读取（${code}），请检查权限，或关闭正在使用它的程序`,
    fileEmpty: '文件里没有数据，请保留表头和至少一行数据',
    fileEncoding: '文件既不是UTF-8编码也不是GB18030编码，请在Excel中另存为“CSV UTF-8（逗号分隔）”',
    quoteOpen: '这一行有一个英文引号没有配对，其后的内容都被并入同一格，请补上或删去引号',
    recordTooLong: '这一行超过100万个字符，请删减后重新保存',
    tooManyRows: (most: number) => `超过${most}行，请拆成几个文件`,
    noHeader: (rows: number, headers: string) => `前${rows}行中找不到表头，请保留含有这些列名的一行：${headers}`,
    columnMissing: '表头缺少这一列，请加上',
    columnTwice: '表头中有两列都是这一项，请只保留一列',
    tooManyCells: (found: number, expected: number) =>
      `这一行有${found}格，表头只有${expected}列，多半是内容中的逗号没有加引号，请检查后重新保存`,
    required: '必须填写',
    tooLong: (most: number) => `内容超过${most}个字符，请缩短`,
    control: '含有不可见的控制字符，请删去后重新输入',
    oneOf: (value: string, choices: string) => `“${value}”不在可选范围内，应为：${choices}`,
    dateForm: (value: string) => `“${value}”不是日期，应写成2026-11-03、2026/11/3、2026.11.3、20261103或2026年11月3日`,
    yearForm: (value: string) => `“${value}”不是年份，应为四位数字，例如2026`,
    before: (value: string, other: string, otherValue: string) =>
      `${value}早于“${other}”（${otherValue}），应相同或在其后`,
    onlyWith: (other: string) => `没有填写“${other}”，此格应为空，或补填“${other}”`,
    rowsDisagree: (rows: string) => `与第${rows}行是同一项，内容却不一致，请改为一致或删去一行`,
    usage: (command: string) => `用法：npm run ${command} -- 文件…`,
    unknownOption: (option: string) => `没有这个选项：${option}`,
  },
  {
    fileMissing: 'there is no such file: check the path and the name',
    fileUnreadable: (code) =>
      `the file cannot be read (${code}): check its permissions, or close the program that holds it`,
    fileEmpty: 'the file holds no rows: keep the header and at least one row',
    fileEncoding: 'the file is neither UTF-8 nor GB18030: save it as “CSV UTF-8” in Excel',
    quoteOpen: 'a quotation mark in this row has no pair, so that all that follows became one cell: close or remove it',
    recordTooLong: 'this row has more than a million characters: shorten it',
    tooManyRows: (most) => `more than ${most} rows: split it into several files`,
    noHeader: (rows, headers) => `no header within the first ${rows} rows: keep the row that names ${headers}`,
    columnMissing: 'the header lacks this column: add it',
    columnTwice: 'two columns of the header are this one: keep one',
    tooManyCells: (found, expected) =>
      `this row has ${found} cells, the header only ${expected} columns: probably a comma in a cell that is not quoted`,
    required: 'must be filled in',
    tooLong: (most) => `longer than ${most} characters: shorten it`,
    control: 'holds invisible control characters: remove them and type it again',
    oneOf: (value, choices) => `“${value}” is not one of: ${choices}`,
    dateForm: (value) => `“${value}” is not a date: write 2026-11-03, 2026/11/3, 2026.11.3, 20261103 or 2026年11月3日`,
    yearForm: (value) => `“${value}” is not a year: write four digits, like 2026`,
    before: (value, other, otherValue) => `${value} is before ${other} (${otherValue}): it must be the same or later`,
    onlyWith: (other) => `must be empty where ${other} is, or fill in ${other}`,
    rowsDisagree: (rows) => `is the same as row ${rows} and says something else: make them agree, or remove one`,
    usage: (command) => `Usage: npm run ${command} -- FILE…`,
    unknownOption: (option) => `There is no such option: ${option}`,
  },
)
