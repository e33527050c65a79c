/** Joins class names, leaving out what is false: `classes('btn', isWide && 'btn-wide')`. */
export function classes(...names: (string | false | null | undefined)[]): string {
  return names.filter(Boolean).join(' ')
}
