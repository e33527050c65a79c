import { defineWords } from '#app/lib/i18n.ts'
import type { DocumentType } from '#db/values.ts'

/** Hints that several messages end with. */
const AS_TEXT = '请在Excel中将该列设为“文本”格式，重新填入完整内容后再保存'
const AS_TEXT_EN = 'format the column as text in Excel, enter the full value again, and save'

/** Row numbers as they come: `5,9`; of another sheet with its name: `二班!9`. */
const listed = (rows: string): string =>
  rows
    .split(',')
    .map((place) => {
      const at = place.lastIndexOf('!')
      return at === -1 ? `第${place}行` : `工作表“${place.slice(0, at)}”第${place.slice(at + 1)}行`
    })
    .join('、')
    .replaceAll('行、第', '、')
const listedEn = (rows: string): string =>
  rows
    .split(',')
    .map((place) => {
      const at = place.lastIndexOf('!')
      return at === -1 ? place : `${place.slice(at + 1)} of the sheet “${place.slice(0, at)}”`
    })
    .join(', ')

/** What a number of each type of document looks like. */
const FORMS: Record<DocumentType, string> = {
  resident_id: '居民身份证号码，应为18位（最后一位可为X）或15位数字',
  hk_mo_residence: '港澳居民居住证号码，应为18位（最后一位可为X）',
  tw_residence: '台湾居民居住证号码，应为18位（最后一位可为X）',
  hk_mo_permit: '港澳居民来往内地通行证号码，应为H或M加8位或10位数字',
  tw_permit: '台湾居民来往大陆通行证号码，应为8位数字，旧证为10位数字（可再加1个字母）',
  foreign_pr: '外国人永久居留身份证号码，应为以9开头的18位，旧证为3个字母加12位数字',
  passport: '护照号码，应为5至17个字母或数字',
}
const FORMS_EN: Record<DocumentType, string> = {
  resident_id: '居民身份证: it has 18 digits (the last may be X) or 15',
  hk_mo_residence: '港澳居民居住证: it has 18 digits (the last may be X)',
  tw_residence: '台湾居民居住证: it has 18 digits (the last may be X)',
  hk_mo_permit: '港澳居民来往内地通行证: it is H or M and 8 or 10 digits',
  tw_permit: '台湾居民来往大陆通行证: it has 8 digits, an older one 10 (and may end in a letter)',
  foreign_pr: '外国人永久居留身份证: it has 18 digits beginning with 9, an older one 3 letters and 12 digits',
  passport: '护照: it has 5 to 17 letters or digits',
}

/**
 * What the import says. Every text says what is wrong and what would be right; none repeats a full document, phone or
 * certificate number. Quoted values come in through quotable() or maskDocument(). Columns are named by the headers of the
 * ledger, in every language.
 */
export const words = defineWords(
  {
    problems: {
      // The file
      fileMissing: '找不到这个文件，请检查路径和文件名',
      fileUnreadable: (code: string) => `文件无法读取（${code}），请检查权限，或关闭正在使用它的程序`,
      fileEmpty: '文件是空的，请导出含有表头和数据的台账',
      fileTooLarge: (megabytes: number, most: number) => `文件有${megabytes} MB，超过${most} MB的上限，请拆成几个文件`,
      fileIsOldWorkbook: '这是旧版Excel工作簿（.xls），请在Excel或WPS中“另存为”，选择“Excel工作簿（.xlsx）”',
      fileIsOtherWorkbook: '这种表格文件不能读取，请在Excel或WPS中“另存为”，选择“Excel工作簿（.xlsx）”',
      fileIsEncrypted: '工作簿加了密码，请在Excel中取消打开密码后重新保存',
      fileIsArchive: '这是压缩包，不是工作簿，请先解压，再选择其中的.xlsx文件',
      workbookDamaged: '工作簿已损坏或不完整，请用Excel打开后重新保存',
      workbookHostile: '工作簿的内部结构不正常，为安全起见没有打开；请用Excel新建工作簿，把内容复制进去后保存',
      workbookTooLarge: '工作簿展开后过大，请删去图片和空白的行列，或拆成几个文件',
      workbookTooManyCells: '工作簿的单元格过多，多半是空白行列也设了格式，请删去数据以外的行和列后重新保存',
      workbookTooManyRows: (most: number) => `工作簿超过${most}行，请拆成几个文件，或另存为“CSV UTF-8（逗号分隔）”`,
      workbookTooManySheets: (most: number) => `工作簿超过${most}张工作表，请拆成几个文件`,
      workbookArchiveInside: '工作簿里嵌入了其他文件，请删去后重新保存',
      workbookTooHeavy: '工作簿太复杂，没有能读完，请把内容复制到新的工作簿，或另存为“CSV UTF-8（逗号分隔）”',
      sheetUnknown: (name: string) => `没有名为“${name}”的工作表`,
      sheetWithoutHeader: (rows: number) =>
        `前${rows}行中找不到表头，但像是有学员，请加上含有“学院代码”“班次编号”“证件号码”等列名的一行`,
      sheetLeftOut: '这张工作表里没有台账，没有读取',
      sheetHidden: '这张工作表是隐藏的，没有读取；如需导入，请先取消隐藏',
      fileIsUtf16: '文件是UTF-16编码，请另存为“CSV UTF-8（逗号分隔）”',
      fileBinary: '文件含有空字符（NUL），已经损坏或不是文本，请从Excel重新另存为“CSV UTF-8（逗号分隔）”',
      fileEncoding: '文件既不是UTF-8编码也不是GB18030编码，请另存为“CSV UTF-8（逗号分隔）”',
      noHeader: (rows: number) => `前${rows}行中找不到表头，请保留含有“学院代码”“班次编号”“证件号码”等列名的一行`,
      columnMissing: (header: string) => `缺少必需的列“${header}”，请在表头中加上这一列`,
      columnTwice: (header: string, one: number, other: number) =>
        `第${one}列和第${other}列都是“${header}”，请只保留一列`,
      tooManyColumns: (columns: number, most: number) => `表头有${columns}列，超过${most}列的上限，请删去多余的列`,
      quoteOpen: '这一行有一个英文引号没有配对，其后的内容都被并入同一格，请补上或删去引号',

      // Any cell
      recordTooLong: '这一行超过100万个字符，不像是台账的内容，请删减后重新保存',
      quoteBroken: '引号之后还有文字，请把整格内容放进一对英文引号，格内的引号写两个',
      tooManyCells: (found: number, expected: number) =>
        `这一行有${found}格，表头只有${expected}列，多半是内容中的逗号没有加引号，请检查后重新保存`,
      required: '必须填写',
      requiredWith: (other: string) => `填写了“${other}”时必须填写`,
      requiredFor: (other: string, value: string) => `“${other}”为${value}时必须填写`,
      onlyWith: (other: string) => `没有填写“${other}”，此格应为空，或补填“${other}”`,
      onlyFor: (other: string, value: string) => `只有“${other}”为${value}时才填写，否则应为空`,
      oneOf: (value: string, choices: string) => `“${value}”不在可选范围内，应为：${choices}`,
      tooLong: (most: number) => `内容超过${most}个字符，请缩短`,
      control: '含有不可见的控制字符，请删去后重新输入',
      cellError: (value: string) => `单元格显示为${value}，是公式出错，请改为正确的内容`,
      cellNotCalculated: '单元格是公式，还没有计算出结果，请用Excel打开后重新保存，或改为内容本身',
      mangled: (value: string) => `“${value}”是被Excel改成科学计数法的数字，原来的内容已丢失：${AS_TEXT}`,

      // Dates and hours
      dateForm: (value: string) =>
        `“${value}”不是日期，应写成2026-11-03、2026/11/3、2026.11.3、20261103或2026年11月3日`,
      dateUnreal: (value: string) => `“${value}”这一天不存在，请核对年月日`,
      dateFar: (value: string) =>
        `“${value}”的年份不在1900至2099之间，多半是系统的占位日期：请填写真实的日期，没有的留空`,
      dateSerial: (value: string) => `“${value}”是Excel的日期序号，请将该列设为日期格式（如2026-11-03）后重新保存`,
      dateAhead: (date: string, today: string) => `${date}晚于今天（${today}），只有“结束日期”可以在今天之后`,
      dateBefore: (date: string, other: string, otherDate: string) =>
        `${date}早于“${other}”（${otherDate}），应为同一天或之后`,
      hoursForm: (value: string) => `“${value}”不是学时数，应为数字，例如16或16.5`,
      hoursStep: (value: string) => `${value}不是0.5的倍数，学时以0.5为单位，例如16或16.5`,
      hoursLeast: (value: string, least: string) => `${value}太小，应不小于${least}`,
      hoursMost: (value: string, most: string) => `${value}太大，应不超过${most}`,
      hoursAbove: (value: string, other: string, most: string) => `${value}超过了“${other}”（${most}），应不超过它`,

      // The person
      name: '姓名应为2至50个字，不带符号',
      documentForm: (masked: string, type: DocumentType) => `${masked}不是${FORMS[type]}`,
      documentCheck: (masked: string) => `${masked}的校验位不符，请逐位核对号码`,
      documentRounded: (masked: string) => `${masked}的校验位不符，末三位为000，多半已被Excel四舍五入：${AS_TEXT}`,
      documentBirth: (masked: string, last: number) => `${masked}中的出生日期不存在或晚于今天，请核对第7至${last}位`,
      phone: (masked: string) => `${masked}不是手机号，应为11位数字，以13至19开头`,

      // What is known
      academyUnknown: (code: string) => `没有代码为“${code}”的学院，请填写省总工会分配的学院代码`,
      academyOther: (code: string) => `“${code}”不是您所在的学院，只能导入本学院的台账`,
      occupationUnknown: (code: string) =>
        `没有编码为“${code}”的职业，请按职业分类大典填写（如6-18-02-04），没有对应职业的填“无”`,

      // Certificates
      certificateSkill: '职业技能等级证书编号应为Y或S加21位数字（特级技师也可为2个字母加20位数字）',
      certificateQualification: '职业资格证书编号应为16位数字',
      certificateOther: '证书编号应为4至40个字母、数字或“-”',
      certificateOtherPerson: '这个证书编号已属于另一人（同一证书类型和作业项目），请核对编号和学员',
      certificateOtherAssessment: (where: string) =>
        `这个证书编号已挂在此人的另一次考核上（${where}）；若是日期填错，请在系统中更正并说明原因`,
      certificateTwice: (rows: string) =>
        `与${listed(rows)}的证书编号相同，但学员、班次或考核日期不同，一个编号只能属于一次考核`,

      // Between rows, and with what is recorded
      onePerson: (rows: string) =>
        `与${listed(rows)}的证件属于同一个人（两份档案已由省总工会合并）：同一班次请只保留一个证件的记录`,
      rowsDisagree: (rows: string) => `与${listed(rows)}不一致：同一班次同一学员的这一项只能有一个值，请改为一致`,
      classDisagrees: (rows: string) =>
        `与${listed(rows)}不一致：同一班次编号的这一项只能有一个值，请改为一致，或使用不同的班次编号`,
      classDiffers: (recorded: string) => `班次已登记为“${recorded}”，请改为一致，或使用不同的班次编号`,
      classSessions: '该班次在系统中上课，学时以签到为准，台账不能改动；请在系统中更正签到',
      classCourse: '该班次在系统中学习线上课程，学时和完成日期以学习记录为准，台账不能改动',
      classCancelled: '该班次已取消，不能再登记学员',
      classClosed: '该班次已结班，不能再登记学员；请先重新打开',
      classDraft: '该班次还是草稿，请先在系统中发布',
      classFull: (left: number) => `该班次只剩${left}个名额，少于台账中新增的人数，请先在系统中增加名额`,

      // What only looks odd
      levelDigit: (digit: string, level: string) => `证书编号第16位是“${digit}”，与技能等级“${level}”不符，请核对`,
      noEmployer: '没有填写工作单位，请补充（可不填）',

      // Rows that are no worker's
      footer: '这一行是合计、签字或说明，没有导入；如果是学员，请填写班次编号、证件类型和证件号码',
      example: '这一行是模板中的示例，没有导入',
    },
    rejected: {
      row: '原行号',
      wrong: '需要更正的内容',
      at: (column: string, message: string) => `“${column}”${message}`,
    },
    undo: {
      unknown: '没有这次导入',
      undone: '这次导入已经撤销过',
      built: (what: string) => `不能撤销，其后已有：${what}`,
    },
    undoBlocks: {
      corrections: (count: number) => `${count}条后来的更正`,
      enrolments: (count: number) => `${count}条其他来源的报名`,
      assessments: (count: number) => `${count}条其他来源的考核`,
      certificates: (count: number) => `${count}张其他来源的证书`,
      sessions: (count: number) => `${count}次课次`,
    },
    cli: {
      usageImport: '用法：npm run ledger:import -- 文件… [--dry-run] [--valid-only] [--rejected 错误行.xlsx]',
      usageUndo: '用法：npm run ledger:undo -- 导入编号（见 npm run ledger:imports）',
      unknownOption: (option: string) => `没有这个选项：${option}`,
      usageExport:
        '用法：npm run ledger:export -- --out 文件.xlsx|文件.csv [--academy 学院代码] [--year 年份] [--class 班次编号]',
      usageTemplate: '用法：npm run ledger:template -- --out 文件.xlsx [--academy 学院代码]',
      oneFile: '--rejected 一次只能用于一个文件',
      academyUnknown: (code: string) => `没有代码为“${code}”的学院`,
      tooManyRows: (most: number) => `超过${most}行，请按年份或班次分别导出，或导出为csv`,
      written: (file: string, rows: number) => `已写入 ${file}，${rows}行`,
      reading: (file: string) => `正在读取 ${file}`,
      progress: (rows: number) => `已读取${rows}行`,
      undone: (removed: number, restored: number) => `已撤销：删除${removed}条记录，恢复${restored}条记录`,
    },
  },
  {
    problems: {
      fileMissing: 'there is no such file: check the path and the name',
      fileUnreadable: (code) =>
        `the file cannot be read (${code}): check its permissions, or close the program that holds it`,
      fileEmpty: 'the file is empty: export the ledger with its header and rows',
      fileTooLarge: (megabytes, most) => `the file has ${megabytes} MB, more than ${most} MB: split it into several`,
      fileIsOldWorkbook: 'this is an old Excel workbook (.xls): save it as “Excel workbook (.xlsx)”',
      fileIsOtherWorkbook: 'this kind of table cannot be read: save it as “Excel workbook (.xlsx)”',
      fileIsEncrypted: 'the workbook has a password: remove it in Excel and save again',
      fileIsArchive: 'this is an archive, not a workbook: unpack it and choose the .xlsx file in it',
      workbookDamaged: 'the workbook is damaged or incomplete: open it in Excel and save it again',
      workbookHostile:
        'the workbook is not built as workbooks are, and was not opened, to be safe: copy its cells into a new workbook',
      workbookTooLarge:
        'the workbook is too large once unpacked: remove pictures and empty rows and columns, or split it',
      workbookTooManyCells:
        'the workbook has too many cells, probably empty ones that are formatted: delete the rows and columns beyond the data',
      workbookTooManyRows: (most) => `the workbook has more than ${most} rows: split it, or save it as “CSV UTF-8”`,
      workbookTooManySheets: (most) => `the workbook has more than ${most} sheets: split it`,
      workbookArchiveInside: 'other files are embedded in the workbook: remove them and save again',
      workbookTooHeavy:
        'the workbook is too complicated to be read: copy its cells into a new one, or save it as “CSV UTF-8”',
      sheetUnknown: (name) => `there is no sheet “${name}”`,
      sheetWithoutHeader: (rows) =>
        `no header within the first ${rows} rows, though it seems to hold workers: add the row that names 学院代码, 班次编号, 证件号码 and so on`,
      sheetLeftOut: 'this sheet holds no ledger and was not read',
      sheetHidden: 'this sheet is hidden and was not read; show it first if it is to be imported',
      fileIsUtf16: 'the file is in UTF-16: save it as “CSV UTF-8”',
      fileBinary: 'the file holds NUL characters: it is damaged or not a text; save it from Excel as “CSV UTF-8” again',
      fileEncoding: 'the file is neither UTF-8 nor GB18030: save it as “CSV UTF-8”',
      noHeader: (rows) =>
        `no header within the first ${rows} rows: keep the row that names 学院代码, 班次编号, 证件号码 and so on`,
      columnMissing: (header) => `the required column ${header} is missing: add it to the header`,
      columnTwice: (header, one, other) => `columns ${one} and ${other} are both ${header}: keep one`,
      tooManyColumns: (columns, most) =>
        `the header has ${columns} columns, more than ${most}: remove what is not needed`,
      quoteOpen:
        'a quotation mark in this row has no pair, so that all that follows became one cell: close or remove it',

      recordTooLong: 'this row has more than a million characters, which no ledger has: shorten it',
      quoteBroken:
        'there is text behind a closing quotation mark: quote the whole cell, and double the marks inside it',
      tooManyCells: (found, expected) =>
        `this row has ${found} cells, the header only ${expected} columns: probably a comma in a cell that is not quoted`,
      required: 'must be filled in',
      requiredWith: (other) => `must be filled in where ${other} is`,
      requiredFor: (other, value) => `must be filled in where ${other} is ${value}`,
      onlyWith: (other) => `must be empty where ${other} is, or fill in ${other}`,
      onlyFor: (other, value) => `filled in only where ${other} is ${value}; otherwise empty`,
      oneOf: (value, choices) => `“${value}” is not one of: ${choices}`,
      tooLong: (most) => `longer than ${most} characters: shorten it`,
      control: 'holds invisible control characters: remove them and type it again',
      cellError: (value) => `the cell shows ${value}, a formula that failed: write the value itself`,
      cellNotCalculated:
        'the cell is a formula without a result: open the file in Excel and save it, or write the value itself',
      mangled: (value) => `“${value}” is a number that Excel rewrote, and its digits are lost: ${AS_TEXT_EN}`,

      dateForm: (value) =>
        `“${value}” is not a date: write 2026-11-03, 2026/11/3, 2026.11.3, 20261103 or 2026年11月3日`,
      dateUnreal: (value) => `“${value}” is a day that does not exist: check year, month and day`,
      dateFar: (value) =>
        `“${value}” is not between 1900 and 2099, probably a placeholder of some system: write the real date, or leave it empty`,
      dateSerial: (value) =>
        `“${value}” is Excel’s number of a date: format the column as a date (2026-11-03) and save again`,
      dateAhead: (date, today) => `${date} is after today (${today}): only 结束日期 may lie ahead`,
      dateBefore: (date, other, otherDate) =>
        `${date} is before ${other} (${otherDate}): it must be the same day or later`,
      hoursForm: (value) => `“${value}” is not a number of hours: write 16 or 16.5`,
      hoursStep: (value) => `${value} is not a multiple of 0.5: write 16 or 16.5`,
      hoursLeast: (value, least) => `${value} is too small: at least ${least}`,
      hoursMost: (value, most) => `${value} is too large: at most ${most}`,
      hoursAbove: (value, other, most) => `${value} is above ${other} (${most}): at most that`,

      name: 'a name has 2 to 50 letters and no signs',
      documentForm: (masked, type) => `${masked} is not a number of ${FORMS_EN[type]}`,
      documentCheck: (masked) => `the check digit of ${masked} does not fit: compare it digit by digit`,
      documentRounded: (masked) =>
        `the check digit of ${masked} does not fit, and it ends in 000, as Excel rounds: ${AS_TEXT_EN}`,
      documentBirth: (masked, last) =>
        `${masked} holds a birth date that does not exist or has not come: check digits 7 to ${last}`,
      phone: (masked) => `${masked} is not a mobile number: 11 digits, beginning with 13 to 19`,

      academyUnknown: (code) =>
        `there is no academy with the code “${code}”: use the code that the provincial union gave`,
      academyOther: (code) => `“${code}” is not your academy: only your own ledger can be imported`,
      occupationUnknown: (code) => `there is no occupation “${code}”: write a code like 6-18-02-04, or 无 for none`,

      certificateSkill: 'a 职业技能等级证书 number is Y or S and 21 digits (for 特级技师 also 2 letters and 20 digits)',
      certificateQualification: 'a 职业资格证书 number is 16 digits',
      certificateOther: 'a certificate number is 4 to 40 letters, digits or “-”',
      certificateOtherPerson:
        'this certificate number belongs to another person (same type and item): check the number and the worker',
      certificateOtherAssessment: (where) =>
        `this certificate number hangs on another assessment of this person (${where}); mend a wrong date in the system, with a reason`,
      certificateTwice: (rows) =>
        `the same certificate number as row ${listedEn(rows)}, for another worker, class or assessment date: a number belongs to one assessment`,

      onePerson: (rows) =>
        `the document here and that of row ${listedEn(rows)} belong to one person (the province merged the two records): keep one of them in a class`,
      rowsDisagree: (rows) => `disagrees with row ${listedEn(rows)}: one worker in one class has one value here`,
      classDisagrees: (rows) =>
        `disagrees with row ${listedEn(rows)}: one class has one value here; or use another class number`,
      classDiffers: (recorded) =>
        `the class is recorded with “${recorded}”: write the same, or use another class number`,
      classSessions: 'this class runs in the system and its hours come from attendance: correct the attendance instead',
      classCourse: 'this class learns an online course in the system: its hours and completion come from there',
      classCancelled: 'this class was cancelled: nobody can be added',
      classClosed: 'this class is closed: nobody can be added; have it opened again first',
      classDraft: 'this class is still a draft: publish it first',
      classFull: (left) =>
        `this class has ${left} ${left === 1 ? 'seat' : 'seats'} left, fewer than the rows add: raise its capacity first`,

      levelDigit: (digit, level) =>
        `character 16 of the number is “${digit}” and does not fit the level ${level}: check it`,
      noEmployer: 'no employer is given (it may stay empty)',

      footer:
        'this row holds sums, signatures or remarks and was left out; if it is a worker, fill in 班次编号, 证件类型 and 证件号码',
      example: 'this row is the example of the template and was left out',
    },
    rejected: {
      row: 'Row in the file',
      wrong: 'To be mended',
      at: (column, message) => `${column}: ${message}`,
    },
    undo: {
      unknown: 'there is no such import',
      undone: 'this import was undone before',
      built: (what) => `cannot be undone, since then there are: ${what}`,
    },
    undoBlocks: {
      corrections: (count) => `${count} later corrections`,
      enrolments: (count) => `${count} enrolments from elsewhere`,
      assessments: (count) => `${count} assessments from elsewhere`,
      certificates: (count) => `${count} certificates from elsewhere`,
      sessions: (count) => `${count} sessions`,
    },
    cli: {
      usageImport: 'Usage: npm run ledger:import -- FILE… [--dry-run] [--valid-only] [--rejected FILE.xlsx]',
      usageUndo: 'Usage: npm run ledger:undo -- IMPORT (see npm run ledger:imports)',
      unknownOption: (option) => `There is no such option: ${option}`,
      usageExport:
        'Usage: npm run ledger:export -- --out FILE.xlsx|FILE.csv [--academy CODE] [--year YEAR] [--class CODE]',
      usageTemplate: 'Usage: npm run ledger:template -- --out FILE.xlsx [--academy CODE]',
      oneFile: '--rejected goes with one file at a time',
      academyUnknown: (code) => `there is no academy with the code “${code}”`,
      tooManyRows: (most) => `more than ${most} rows: export by year or class, or as csv`,
      written: (file, rows) => `${file} written, ${rows} rows`,
      reading: (file) => `Reading ${file}`,
      progress: (rows) => `${rows} rows read`,
      undone: (removed, restored) => `Undone: ${removed} records removed, ${restored} restored`,
    },
  },
)
