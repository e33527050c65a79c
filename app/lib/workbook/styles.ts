/** How a cell looks and what Excel takes typing in it for. */
export type Style =
  | 'number'
  | 'text'
  | 'date'
  | 'header'
  | 'required'
  | 'example'
  | 'exampleDate'
  | 'wrong'
  | 'wrapped'
  | 'share'

/** In the order of `cellXfs` below. */
const ORDER: readonly Style[] = [
  'number',
  'text',
  'date',
  'header',
  'required',
  'example',
  'exampleDate',
  'wrong',
  'wrapped',
  'share',
]

export const styleIndex = (style: Style): number => ORDER.indexOf(style)

const TEXT = 49
const DATE = 164
const SHARE = 165

const font = (extra: string) => `<font>${extra}<sz val="11"/><name val="DengXian"/></font>`
const fill = (rgb: string) => `<fill><patternFill patternType="solid"><fgColor rgb="FF${rgb}"/></patternFill></fill>`
const format = (number: number, fontAt = 0, fillAt = 0, alignment = '') =>
  `<xf numFmtId="${number}" fontId="${fontAt}" fillId="${fillAt}" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1" applyFill="1"${alignment ? ' applyAlignment="1"' : ''}>${alignment}</xf>`
const top = '<alignment vertical="top" wrapText="1"/>'

/** xl/styles.xml, the same for every workbook that we write. */
export const STYLES = `<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><numFmts count="2"><numFmt numFmtId="${DATE}" formatCode="yyyy\\-mm\\-dd"/><numFmt numFmtId="${SHARE}" formatCode="0.0%"/></numFmts><fonts count="4">${font('')}${font('<b/>')}${font('<i/>').replace('<sz', '<color rgb="FF6B7280"/><sz')}${font('').replace('<sz', '<color rgb="FFB42318"/><sz')}</fonts><fills count="5"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>${fill('E8EDF5')}${fill('CFDDF2')}${fill('FDECEA')}</fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="${ORDER.length}">${[
  format(0),
  format(TEXT),
  format(DATE),
  format(TEXT, 1, 2),
  format(TEXT, 1, 3),
  format(TEXT, 2),
  format(DATE, 2),
  format(TEXT, 3, 4, top),
  format(TEXT, 0, 0, top),
  format(SHARE),
].join('')}</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`
