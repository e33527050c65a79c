/** Why a password is not accepted. */
export type PasswordRefusal = 'password_short' | 'password_long' | 'password_is_name' | 'password_common'

/** NIST SP 800-63B, 3.1.1: length counts, composition rules do not. */
export const SHORTEST_PASSWORD = 8
/** Longer ones are not typed by people; they would only cost us hashing. */
const LONGEST_PASSWORD = 200

/** What is tried first by everyone who guesses, beside repetitions and runs; compared without case and separators. */
const COMMON = new Set(
  `password password1 password12 password123 passw0rd p@ssw0rd p@ssword admin123 admin1234 admin888 administrator
  qwertyui qwertyuiop qwerty12 qwerty123 qwer1234 asdfghjk asdfghjkl asdf1234 zxcvbnm1 1qaz2wsx 1q2w3e4r 1q2w3e4r5t
  q1w2e3r4 zaq12wsx qazwsxedc abcd1234 abc12345 abc123456 a1234567 a12345678 a123456789 aa123456 aa123456789 aaa123456
  123456aa 12345678a 123456789a 1234567a 123123123 11223344 12341234 12344321 123454321 147258369 159357456 741852963
  88888888 66668888 5201314520 520131400 woaini520 woaini1314 woaini123 woaini521 iloveyou iloveyou1 welcome1 welcome123
  letmein1 letmein123 sunshine football baseball princess changeme changeme123 test1234 test12345 user1234 root1234
  gongjiang gongjiang123 jiangxuetang jiangxuetang123 gonghui123 gonghui123456 zhigong123 guangdong guangdong123
  shenzhen123 guangzhou123`
    .split(/\s+/)
    .filter(Boolean),
)

/** The one form of a password that is hashed: the same characters whichever keyboard wrote them. */
export const normalisePassword = (password: string): string => password.normalize('NFKC')

/**
 * Refuses a password that is too short (8 characters), too long, made of the account's own login or phone, or among the
 * first that anyone would try. `names`: login and phone, as far as the account has them.
 */
export function refusePassword(password: string, names: readonly (string | null)[]): PasswordRefusal | null {
  const normalised = normalisePassword(password)
  const length = [...normalised].length
  if (length < SHORTEST_PASSWORD) return 'password_short'
  if (length > LONGEST_PASSWORD) return 'password_long'
  const plain = normalised.toLowerCase().replace(/[\s._-]/g, '')
  if (names.some((name) => name && isMadeOf(plain, name.toLowerCase().replace(/[\s._-]/g, ''))))
    return 'password_is_name'
  if (COMMON.has(plain) || isPattern(plain)) return 'password_common'
  return null
}

/** The name itself, forwards or backwards, with at most three characters around it. */
function isMadeOf(plain: string, name: string): boolean {
  if (name.length < 3) return false
  const backwards = [...name].reverse().join('')
  return [name, backwards].some((form) => plain.includes(form) && plain.length - form.length <= 3)
}

/** One or two characters repeated, or a run like `12345678`, `87654321`, `abcdefgh`, also twice. */
function isPattern(plain: string): boolean {
  if (new Set(plain).size <= 2) return true
  const half = plain.slice(0, plain.length / 2)
  return isRun(plain) || (half.length >= 4 && plain === half + half && isRun(half))
}

function isRun(text: string): boolean {
  const steps = new Set<number>()
  for (let at = 1; at < text.length; at++) steps.add((text.charCodeAt(at) - text.charCodeAt(at - 1) + 10) % 10)
  return steps.size === 1
}
