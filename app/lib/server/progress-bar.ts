/** Where a bar is drawn: a terminal, or a file or pipe that gets a plain line now and then. */
export type BarOutput = { isTTY?: boolean; columns?: number; write: (text: string) => unknown }

const WIDTH = 24
const REDRAW_MS = 100
const TENTHS = 10

/** One line that is drawn again at a terminal; elsewhere a line for every tenth. */
export function progressBar(output: BarOutput, label: string) {
  let drawnAt = 0
  let tenth = 0
  let isOpen = false

  return {
    /** @param share 0 to 1. */
    update(share: number, detail: string): void {
      const percent = `${Math.min(99, Math.floor(share * 100))}%`
      if (!output.isTTY) {
        if (Math.floor(share * TENTHS) <= tenth || share >= 1) return
        tenth = Math.floor(share * TENTHS)
        output.write(`${label} ${percent} ${detail}\n`)
        return
      }
      if (Date.now() - drawnAt < REDRAW_MS) return
      drawnAt = Date.now()
      isOpen = true
      const full = Math.round(Math.min(1, share) * WIDTH)
      const bar = (output.columns ?? 80) < 70 ? '' : ` ${'█'.repeat(full)}${'░'.repeat(WIDTH - full)}`
      output.write(`\r\x1b[K${label}${bar} ${percent} ${detail}`)
    },
    /** Takes the bar away; `text` stays in its place. */
    end(text: string | null): void {
      if (isOpen) output.write('\r\x1b[K')
      if (text !== null) output.write(`${text}\n`)
      isOpen = false
    },
  }
}
