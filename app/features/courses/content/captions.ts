import { type Finding, finding } from '../problem.ts'

const TIME = /^(?:(\d{2,3}):)?([0-5]\d):([0-5]\d)\.(\d{3})$/
const MOST_CUES = 2000
/** Two lines of so many letters are read in passing, on a phone too. */
const LONGEST_LINE = 80

/**
 * Checks captions in WebVTT: the first line, then times and plain words. What browsers also understand in it (style sheets,
 * regions, markup, places on the screen) nobody needs to read along, and is refused.
 */
export function checkCaptions(text: string): Finding[] {
  const lines = text.split('\n')
  const findings: Finding[] = []
  const say = (index: number, code: Finding['code'], detail = '') => findings.push(finding(index + 1, 1, code, detail))
  if (lines[0]?.trimEnd() !== 'WEBVTT') say(0, 'captions_head')
  let [cues, last] = [0, 0]
  for (let at = 1; at < lines.length && findings.length < 20; at++) {
    const line = lines[at]!.trim()
    if (line === '') continue
    const isNumber = /^\d{1,4}$/.test(line) && (lines[at + 1] ?? '').includes('-->')
    if (isNumber) continue
    const [from, until, ...rest] = line.split(/\s*-->\s*/)
    const [begins, ends] = [timeOf(from ?? ''), timeOf(until ?? '')]
    if (begins === null || ends === null || rest.length > 0) say(at, 'captions_syntax', line.slice(0, 40))
    else if (ends <= begins || begins < last) say(at, 'captions_time', line)
    else last = begins
    cues += 1
    if (cues > MOST_CUES) say(at, 'too_large', String(MOST_CUES))
    let words = 0
    for (at += 1; at < lines.length && lines[at]!.trim() !== ''; at++) {
      words += 1
      const said = lines[at]!
      if (said.includes('-->')) say(at, 'captions_syntax', said.slice(0, 40))
      else if (/[<>&{}]/.test(said)) say(at, 'captions_markup', /[<>&{}]/.exec(said)?.[0])
      else if (said.length > LONGEST_LINE) say(at, 'captions_long', String(LONGEST_LINE))
    }
    if (words === 0) say(Math.min(at, lines.length) - 1, 'captions_syntax', line.slice(0, 40))
  }
  if (cues === 0 && findings.length === 0) say(0, 'captions_empty')
  return findings
}

/** Milliseconds; null: no time. */
function timeOf(text: string): number | null {
  const [, hours = '0', minutes, seconds, thousandths] = TIME.exec(text) ?? []
  if (minutes === undefined) return null
  return ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000 + Number(thousandths)
}
