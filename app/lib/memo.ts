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
