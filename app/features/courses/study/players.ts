import { add, type Kept } from './kept.ts'

type Playing = { at: number; position: number; rate: number }

const EVENTS = ['timeupdate', 'play', 'playing', 'pause', 'ended', 'ratechange', 'seeking']
/** Players tell four times a second. */
const STALLED_MS = 2000
/** How far a position may be ahead of the clock, in seconds. */
const SLACK = 0.7
const JUMP = 2

/**
 * Follows the players of a page, marked with `data-media`, and keeps what they really play, in view and no faster than
 * counts: a jump is no run.
 */
export function followPlayers(kept: Kept, fullSpeed: number, changed: () => void) {
  const playing = new Map<HTMLMediaElement, Playing>()
  let skippedAt = 0

  const onEvent = ({ type, target }: Event) => {
    const player = target as HTMLMediaElement
    const name = player.dataset?.media
    if (!name) return
    const [now, position, before] = [Date.now(), player.currentTime, playing.get(player)]
    if (type === 'seeking') {
      if (before && position > before.position + JUMP) skippedAt = now
    } else if (before && !document.hidden && before.rate <= fullSpeed && position > before.position) {
      const most = ((now - before.at) / 1000) * before.rate + SLACK
      const runs = kept.runs[name] ?? []
      kept.runs[name] = runs
      if (position - before.position <= most) add(runs, Math.round(before.position * 10), Math.round(position * 10), 2)
    }
    if (player.paused || player.seeking) playing.delete(player)
    else playing.set(player, { at: now, position, rate: player.playbackRate })
    if (type !== 'timeupdate') changed()
  }

  for (const event of EVENTS) document.addEventListener(event, onEvent, true)
  return {
    /** Something plays, no faster than counts. */
    isPlaying: (now: number) =>
      [...playing.values()].some(({ at, rate }) => now - at < STALLED_MS && rate <= fullSpeed),
    isTooFast: () => [...playing.values()].some(({ rate }) => rate > fullSpeed),
    skippedAt: () => skippedAt,
    stop: () => {
      for (const event of EVENTS) document.removeEventListener(event, onEvent, true)
    },
  }
}
