/**
 * How personal data is shown (glossary.md, "Masking"). Whoever works with the person sees the first 6 and last 4 of a
 * document number; everybody else less.
 */
export type Sight = 'working' | 'elsewhere'

/** `440308********1234` for those who work with the person, `440***********1234` elsewhere; short numbers keep less. */
export function maskDocument(number: string, sight: Sight = 'elsewhere'): string {
  const [first, last] = number.length >= 15 ? [sight === 'working' ? 6 : 3, 4] : [1, 2]
  return covered(number, first, last)
}

/** `138****5678`. */
export const maskPhone = (phone: string): string => covered(phone, 3, 4)

/** What `maskDocument` covers for those who work with the person: who has the document in hand reads it there. */
export function coveredPart(number: string): string {
  const shown = maskDocument(number, 'working')
  return number.slice(shown.indexOf('*'), shown.lastIndexOf('*') + 1)
}

/** A special-operation licence's number contains the document number: it is masked like one. */
export const maskCertificateNumber = (number: string, sight: Sight = 'elsewhere'): string => maskDocument(number, sight)

const COMPOUND_SURNAMES = new Set(
  '欧阳 太史 端木 上官 司马 东方 独孤 南宫 万俟 闻人 夏侯 诸葛 尉迟 公羊 赫连 澹台 皇甫 宗政 濮阳 公冶 太叔 申屠 公孙 慕容 仲孙 钟离 长孙 宇文 司徒 鲜于 司空 闾丘 子车 令狐 百里 呼延 东郭 南门'.split(
    ' ',
  ),
)

/** `张*`, `李*明`, `欧阳*`: the surname stays, and the last character where there are three or more. */
export function maskName(name: string): string {
  const characters = [...name]
  if (characters.length < 2) return '*'
  const surname = characters.length > 2 && COMPOUND_SURNAMES.has(characters.slice(0, 2).join('')) ? 2 : 1
  const given = characters.length - surname
  if (given < 2) return `${characters.slice(0, surname).join('')}*`
  return `${characters.slice(0, surname).join('')}${'*'.repeat(Math.min(given - 1, 6))}${characters.at(-1)}`
}

/**
 * A text somebody typed, fit for a message: cut, without control characters, and with what may be a document, phone or
 * certificate number covered, whichever column it was typed into.
 */
export function quotable(written: string, length = 24): string {
  const shown = written
    .replace(/\p{Cc}+/gu, ' ')
    .normalize('NFKC')
    .replace(/[A-Za-z]{0,3}\d[\d -]*[\dXx]/g, (run) =>
      looksPersonal(run) ? covered(run.replace(/[ -]/g, ''), 3, 2) : run,
    )
  return shown.length > length ? `${[...shown].slice(0, length).join('')}…` : shown
}

/** A text of one's own as it was written (a reason, say), but for what may be a document, phone or certificate number. */
export const withoutNumbers = (written: string): string =>
  written.replace(/[A-Za-z]{0,3}[\d０-９][\d０-９ -]*[\dXx０-９]/g, (run) => quotable(run, run.length))

/** Nine digits or more, or seven behind a letter: longer than a date, as long as a passport's number. */
function looksPersonal(run: string): boolean {
  const digits = run.replace(/\D/g, '').length
  return digits >= (/^[A-Za-z]/.test(run) ? 7 : 9)
}

function covered(text: string, first: number, last: number): string {
  if (text.length <= first + last) return '*'.repeat(text.length)
  return text.slice(0, first) + '*'.repeat(text.length - first - last) + text.slice(-last)
}
