/**
 * Keeps what was made of the latest texts, `most` of them: for work that depends on nothing but its text and that many
 * readers ask for alike. What is asked for stays, what nobody asked for longest goes.
 */
export function memo<T>(most: number): (text: string, make: () => T) => T {
  const made = new Map<string, T>()
  return (text, make) => {
    const known = made.get(text)
    const value = known === undefined ? make() : known
    made.delete(text)
    made.set(text, value)
    if (made.size > most) made.delete(made.keys().next().value as string)
    return value
  }
}

/** {@link memo} for what is read: kept once it is there, so that after a failure it is read again. */
export function memoRead<T>(most: number): (text: string, read: () => Promise<T>) => Promise<T> {
  const keep = memo<T | undefined>(most)
  return async (text, read) => {
    const known = keep(text, () => undefined)
    if (known !== undefined) return known
    const value = await read()
    return keep(text, () => value) as T
  }
}
