/** How far the demo's ledgers are in, for every page to say: the site answers while they come. */
const KEY = Symbol.for('jiangxuetang.demo')

/** The server's bundle and the Remix build each evaluate this module: what they share lies under a global symbol. */
const shared = globalThis as { [KEY]?: number }

/** Whole percent, 0 to 99; null while nothing is being loaded. */
export const demoPercent = (): number | null => shared[KEY] ?? null

export function setDemoPercent(percent: number | null): void {
  if (percent === null) delete shared[KEY]
  else shared[KEY] = Math.min(99, Math.floor(percent))
}
