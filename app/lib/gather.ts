type Waiting<K, V> = { key: K; done: (value: V) => void; fail: (error: unknown) => void }

/**
 * Asks together what is asked one by one while an earlier answer is on its way: who comes alone is asked for at once, and a
 * rush shares its round trips. Nothing is remembered: every answer was asked for after its question came. A failure is that
 * of everyone who was asked for with it.
 * @param ask gives the answers in the order of the keys.
 * @param most keys at once.
 */
export function gather<K, V>(
  ask: (keys: readonly K[]) => Promise<readonly V[]>,
  { most }: { most: number },
): (key: K) => Promise<V> {
  const waiting: Waiting<K, V>[] = []
  let isAsking = false

  const askAll = async () => {
    isAsking = true
    while (waiting.length > 0) {
      const asked = waiting.splice(0, most)
      try {
        const answers = await ask(asked.map(({ key }) => key))
        for (const [index, { done }] of asked.entries()) done(answers[index] as V)
      } catch (error) {
        for (const { fail } of asked) fail(error)
      }
    }
    isAsking = false
  }

  return (key) =>
    new Promise((done, fail) => {
      waiting.push({ key, done, fail })
      if (!isAsking) void askAll()
    })
}
