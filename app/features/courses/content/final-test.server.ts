import { type BankSource, bankShape, type FinalTestHead, finalTestShape } from '../final-test/final-test-shape.ts'
import { type Finding, finding } from '../problem.ts'
import { sha256 } from './digest.server.ts'
import { BANK_FILE, TEST_FILE } from './file-names.ts'
import { readYaml } from './yaml.ts'

/** Raise it when the same files would be stored otherwise: every test is then published anew. */
const FORMAT = 'test-1'

/** The final test of a course as its files have it: the rules, and the bank it draws from. */
export type FinalTestSource = { head: FinalTestHead; bank: BankSource; digest: string }

/**
 * Reads the final test and the bank that it names from the texts of a course folder. Null: the course has none, or
 * something is wrong with it, which was told. `lessons`: the names of the course's lessons, which are the topics.
 */
export function readFinalTest(
  texts: ReadonlyMap<string, string>,
  lessons: readonly string[],
  tell: (file: string, findings: Finding[]) => void,
): FinalTestSource | null {
  const banks = new Map<string, { text: string; bank: BankSource | null }>()
  for (const [file, text] of texts) {
    const name = BANK_FILE.exec(file)?.[1]
    if (name === undefined) continue
    const read = readYaml(text, bankShape(lessons))
    if ('findings' in read) tell(file, read.findings)
    banks.set(name, { text, bank: 'value' in read ? read.value : null })
  }
  const text = texts.get(TEST_FILE)
  const counts = new Map([...banks].map(([name, { bank }]) => [name, bank && countTopics(bank)]))
  const read = text === undefined ? null : readYaml(text, finalTestShape(counts))
  if (read && 'findings' in read) {
    tell(TEST_FILE, read.findings)
    return null
  }
  for (const name of banks.keys()) {
    if (name !== read?.value.bank) tell(`${name}.bank.yaml`, [finding(1, 1, 'bank_unused', name)])
  }
  if (!read || text === undefined) return null
  const drawn = banks.get(read.value.bank)
  if (!drawn?.bank) return null
  return { head: read.value, bank: drawn.bank, digest: sha256(FORMAT, text, drawn.text) }
}

/** How many questions there are of each topic. */
function countTopics({ questions }: BankSource): Map<string, number> {
  const counts = new Map<string, number>()
  for (const { topic = '' } of questions) counts.set(topic, (counts.get(topic) ?? 0) + 1)
  return counts
}
