import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, readlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { download } from '#app/lib/download.server.ts'
import { openOutgoing, writeOutgoing } from '#app/lib/outgoing.server.ts'
import { runtime } from '#app/lib/runtime.server.ts'
import { freshDatabase } from '#tests/support/database.ts'
import { temporaryFolder } from '#tests/support/folder.ts'

const folder = temporaryFolder('outgoing')

beforeAll(async () => {
  await freshDatabase()
  runtime().env.dataDir = folder
})

const GET = { method: 'GET' }
const left = () => readdirSync(join(folder, 'outgoing'))
const isOpen = () => openFiles().some((path) => path.includes('/outgoing/'))
const openFiles = () =>
  readdirSync('/proc/self/fd').flatMap((fd) => {
    try {
      return [readlinkSync(`/proc/self/fd/${fd}`)]
    } catch {
      return []
    }
  })

async function* pieces(count: number) {
  for (let n = 0; n < count; n++) yield Buffer.alloc(100_000, n)
}

test('a file on its way out has no name on the disk, and is what was written', async () => {
  const file = await writeOutgoing(pieces(5))
  expect(left()).toEqual([])
  const response = await download(GET, file, '台账.csv', 'text/csv')
  expect(response.headers.get('content-length')).toBe('500000')
  expect(response.headers.get('content-disposition')).toContain(encodeURIComponent('台账.csv'))
  const bytes = Buffer.from(await response.arrayBuffer())
  expect(createHash('sha256').update(bytes).digest('hex')).toBe(file.digest)
  expect(isOpen()).toBe(false)
})

test('whoever asks for the head alone gets its length, and leaves no file open', async () => {
  const response = await download({ method: 'HEAD' }, await writeOutgoing(pieces(5)), 'a.csv', 'text/csv')
  expect(response.headers.get('content-length')).toBe('500000')
  expect(response.body).toBeNull()
  expect(isOpen()).toBe(false)
})

test('whoever goes away in the middle, and whatever fails while it is written, leaves no file open', async () => {
  const part = await download(GET, await writeOutgoing(pieces(50)), 'a.csv', 'text/csv')
  const reader = part.body!.getReader()
  await reader.read()
  await reader.cancel()
  await (await download(GET, await writeOutgoing(pieces(1)), 'a.csv', 'text/csv')).body!.cancel()
  async function* failing() {
    yield Buffer.from('a')
    throw new Error('no more')
  }
  await expect(writeOutgoing(failing())).rejects.toThrow('no more')
  expect(left()).toEqual([])
  expect(isOpen()).toBe(false)
})

test('a file that lies there stays there', async () => {
  const path = join(folder, 'kept')
  writeFileSync(path, 'kept')
  expect(await (await download(GET, await openOutgoing(path), 'a.txt', 'text/plain')).text()).toBe('kept')
  expect(readFileSync(path, 'utf8')).toBe('kept')
  await expect(openOutgoing(join(folder, 'none'))).rejects.toThrow('ENOENT')
})
