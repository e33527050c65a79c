import { accessSync, constants, statfsSync } from 'node:fs'
import { tmpdir } from 'node:os'

const MEMORY = '/dev/shm'
/** A run has at most half of this there at a time: what PostgreSQL writes ahead (1 GB), and the databases of two files. */
const ROOM = 4 * 1024 ** 3

/**
 * Where a run's databases and files lie: in memory where there is enough of it. A clone of the template is eight hundred files; to
 * make them takes a disk's file system up to half a second of the processor, and memory a hundredth.
 */
export const TEMPORARY = hasRoom() ? MEMORY : tmpdir()

function hasRoom(): boolean {
  try {
    accessSync(MEMORY, constants.W_OK | constants.X_OK)
    const { bavail, bsize } = statfsSync(MEMORY)
    return bavail * bsize >= ROOM && process.availableMemory() >= 2 * ROOM
  } catch {
    return false // not Linux, or closed to us
  }
}
