/** Dashes that Word and Excel put in the place of a hyphen. */
const DASHES = /[\u2010-\u2015\u2212\uFE58\uFE63\uFF0D]/g

/** A code as it is stored: half-width, plain hyphens, no spaces. */
export const normaliseCode = (written: string): string =>
  written.normalize('NFKC').replace(DASHES, '-').replace(/\s+/g, '')

/** True for 大类-中类-小类-细类 like `6-18-02-04` (职业分类大典): one digit, then three times two. */
export const isOccupationCode = (code: string): boolean => /^\d(?:-\d{2}){3}$/.test(code)

/** The year of an edition: `2022`, `2022年版`; null for anything else. */
export function readEdition(written: string): number | null {
  const year = /^(\d{4})(?:年?版|年)?$/.exec(written.normalize('NFKC').replace(/\s+/g, ''))?.[1]
  return year !== undefined && year >= '1999' && year <= '2100' ? Number(year) : null
}
