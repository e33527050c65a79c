import type { Locale } from '#app/lib/i18n.ts'
import { type DropDown, type OutCell, type OutSheet, writeWorkbook } from '#app/lib/workbook/write.server.ts'
import { COLUMNS, FIELDS, type Field, headerOf } from './columns.ts'
import { outColumn } from './out-cells.ts'
import { EXAMPLE_ROW, SHEETS, words } from './template-words.ts'
import {
  CATEGORY_WORDS,
  CERTIFICATE_STATUS_WORDS,
  CERTIFICATE_TYPE_WORDS,
  DECLARED_LEVEL_WORDS,
  DOCUMENT_TYPE_WORDS,
  LEVEL_WORDS,
  MODE_WORDS,
  RESULT_WORDS,
  type Vocabulary,
} from './vocabulary.ts'

/** As many rows as a workbook may bring in. */
const ROWS = 50_000

const CHOICES: Partial<Record<Field, readonly string[]>> = {
  mode: first(MODE_WORDS),
  documentType: first(DOCUMENT_TYPE_WORDS),
  category: first(CATEGORY_WORDS),
  declaredLevel: first(DECLARED_LEVEL_WORDS),
  result: first(RESULT_WORDS),
  certificateType: first(CERTIFICATE_TYPE_WORDS),
  level: first(LEVEL_WORDS),
  certificateStatus: first(CERTIFICATE_STATUS_WORDS),
}

/** Levels are also understood in other spellings: a word outside the list is asked about, not refused. */
const LENIENT: ReadonlySet<Field> = new Set(['level', 'declaredLevel'])

function first<T extends string>(vocabulary: Vocabulary<T>): readonly string[] {
  return Object.values<readonly [string, ...string[]]>(vocabulary).map(([word]) => word)
}

/**
 * The template of the ledger as a workbook: the 28 columns (text, dates, numbers, drop-downs), one example row, a sheet that
 * explains every column. `academyCode` stands in the example, so that it is copied right. Left in, the example is skipped.
 */
export function ledgerTemplate(locale: Locale, academyCode: string | null): AsyncGenerator<Buffer> {
  const w = words[locale]
  const withChoices = FIELDS.filter((field) => CHOICES[field] !== undefined)
  const dropDowns = withChoices.map((field, at): DropDown => {
    const column = String.fromCharCode(65 + at)
    return {
      column: FIELDS.indexOf(field),
      from: 2,
      to: ROWS + 1,
      source: `'${SHEETS.choices}'!$${column}$2:$${column}$${CHOICES[field]!.length + 1}`,
      isStrict: !LENIENT.has(field),
      title: headerOf(field),
      message: w.notInList,
    }
  })
  const example = { ...EXAMPLE_ROW, ...(academyCode ? { academyCode } : {}) }
  const ledger: OutSheet = {
    name: SHEETS.ledger,
    columns: FIELDS.map(outColumn),
    frozenRows: 1,
    rows: [headerCells(), FIELDS.map((field) => exampleCell(field, example[field] ?? ''))],
    dropDowns,
  }
  return writeWorkbook([ledger, explanation(locale), choices(withChoices)])
}

/** The header of a ledger that we write: required columns stand out. */
export const headerCells = (): OutCell[] =>
  FIELDS.map((field) => ({ text: headerOf(field), style: COLUMNS[field].required ? 'required' : 'header' }))

function exampleCell(field: Field, value: string): OutCell {
  if (value === '') return null
  const { style } = outColumn(field)
  if (style === 'date') return { date: value, style: 'exampleDate' }
  return style === 'number' ? { number: Number(value) } : { text: value, style: 'example' }
}

function explanation(locale: Locale): OutSheet {
  const w = words[locale]
  const wrapped = (text: string): OutCell => ({ text, style: 'wrapped' })
  return {
    name: SHEETS.explanation,
    columns: [{ width: 6 }, { width: 18 }, { width: 26 }, { width: 80 }, { width: 40 }],
    frozenRows: 1,
    rows: [
      w.head.map((text): OutCell => ({ text, style: 'header' })),
      ...FIELDS.map((field, at) => [
        { number: at + 1 },
        wrapped(headerOf(field)),
        wrapped(COLUMNS[field].required ? w.required : (w.requiredWhen[field] ?? w.optional)),
        wrapped([w.rules[field], CHOICES[field] && w.choices(CHOICES[field])].filter(Boolean).join(w.join)),
        wrapped(COLUMNS[field].synonyms.join(w.separator)),
      ]),
      ...w.notes.map((note) => [null, null, null, wrapped(note)]),
    ],
    isForPrint: true,
  }
}

function choices(fields: readonly Field[]): OutSheet {
  const longest = Math.max(...fields.map((field) => CHOICES[field]!.length))
  return {
    name: SHEETS.choices,
    isHidden: true,
    columns: fields.map(() => ({ width: 24 })),
    rows: [
      fields.map((field): OutCell => ({ text: headerOf(field), style: 'header' })),
      ...Array.from({ length: longest }, (_, at) =>
        fields.map((field): OutCell => {
          const word = CHOICES[field]![at]
          return word === undefined ? null : { text: word }
        }),
      ),
    ],
  }
}
