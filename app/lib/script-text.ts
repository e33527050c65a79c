const UNSAFE = /[<>&\u2028\u2029]/g
const ESCAPES: Record<string, string> = {
  '<': '\\u003c',
  '>': '\\u003e',
  '&': '\\u0026',
  '\u2028': '\\u2028',
  '\u2029': '\\u2029',
}

/** JSON as it may stand inside a script element: nothing in it ends the element or begins a comment. */
export const escapeScript = (json: string): string => json.replace(UNSAFE, (sign) => ESCAPES[sign]!)
