/**
 * Works through `items` in their order, as many at a time as there are lanes. One that fails lets those under way finish and
 * begins no other, so that nothing runs on behind the caller's back.
 * @throws what the first of them threw, once all have ended.
 */
export async function inLanes<T>(items: readonly T[], lanes: number, work: (item: T) => Promise<void>): Promise<void> {
  const queue = [...items]
  async function lane(): Promise<void> {
    for (let item = queue.shift(); item !== undefined; item = queue.shift()) await work(item)
  }
  function giveUp(error: unknown): never {
    queue.length = 0
    throw error
  }
  const ended = await Promise.allSettled(Array.from({ length: lanes }, () => lane().catch(giveUp)))
  for (const outcome of ended) if (outcome.status === 'rejected') throw outcome.reason
}
