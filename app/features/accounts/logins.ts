/** A login name as it is stored: lower case, half-width, no spaces around it. */
export const toLogin = (typed: string): string => typed.normalize('NFKC').trim().toLowerCase()

/**
 * 3 to 32 letters, digits, `.`, `-` or `_`, beginning with a letter: nothing that could also be a phone number, since both
 * are typed into one field.
 */
export const isLogin = (typed: string): boolean => /^[a-z][a-z0-9._-]{2,31}$/.test(toLogin(typed))
