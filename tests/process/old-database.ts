import { once } from 'node:events'
import { createServer, type Server } from 'node:net'

const message = (type: string, body = Buffer.alloc(0)): Buffer => {
  const length = Buffer.alloc(4)
  length.writeInt32BE(body.length + 4)
  return Buffer.concat([Buffer.from(type), length, body])
}
const int16 = (value: number) => Buffer.from([value >> 8, value & 255])
const int32 = (value: number) => Buffer.from([value >> 24, (value >> 16) & 255, (value >> 8) & 255, value & 255])
const text = (value: string) => Buffer.from(`${value}\0`)

const READY = message('Z', Buffer.from('I'))
const column = (name: string, type: number) =>
  Buffer.concat([text(name), int32(0), int16(0), int32(type), int16(4), int32(-1), int16(0)])
const COLUMNS = message('T', Buffer.concat([int16(2), column('version', 23), column('shown', 25)]))
const cell = (value: string) => Buffer.concat([int32(value.length), Buffer.from(value)])

/** As much of PostgreSQL 13 as says which version it is, to whatever is asked. */
export async function startOldDatabase(): Promise<{ url: string; server: Server }> {
  const row = message('D', Buffer.concat([int16(2), cell('130014'), cell('13.14')]))
  const server = createServer((socket) => {
    let isGreeted = false
    socket.on('error', () => {})
    socket.on('data', (data) => {
      if (!isGreeted) {
        isGreeted = true
        socket.write(Buffer.concat([message('R', int32(0)), message('S', text('server_version\x0013.14')), READY]))
        return
      }
      // One packet holds a whole step of the extended protocol; its messages are answered in order.
      for (let at = 0; at + 5 <= data.length; at += 1 + data.readInt32BE(at + 1)) {
        const type = String.fromCharCode(data[at]!)
        if (type === 'P') socket.write(message('1'))
        else if (type === 'D') socket.write(Buffer.concat([message('t', int16(0)), COLUMNS]))
        else if (type === 'B') socket.write(message('2'))
        else if (type === 'E') socket.write(Buffer.concat([row, message('C', text('SELECT 1'))]))
        else if (type === 'S') socket.write(READY)
        else if (type === 'Q') socket.write(Buffer.concat([COLUMNS, row, message('C', text('SELECT 1')), READY]))
        else if (type === 'X') socket.end()
      }
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  return { url: `postgres://owner:synthetic@127.0.0.1:${port}/old`, server }
}
