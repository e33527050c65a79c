const tasks: (() => unknown)[] = []

/** Has this done when the test file is over: what began last ends first. Whatever a file starts or makes ends here. */
export const atEnd = (task: () => unknown): void => void tasks.push(task)

/** Ends what the file began; one that fails leaves nothing behind of the others. @throws the first failure. */
export async function endAll(): Promise<void> {
  const failures: unknown[] = []
  for (const task of tasks.splice(0).reverse())
    await Promise.resolve()
      .then(task)
      .catch((error) => failures.push(error))
  if (failures.length > 0) throw failures[0]
}

/** What a test file has one of: made when it is first asked for, and anew for the next file. */
export function onePerFile<T>(make: () => T): () => T {
  let made: { value: T } | null = null
  return () => {
    if (!made) {
      made = { value: make() }
      atEnd(() => {
        made = null
      })
    }
    return made.value
  }
}
