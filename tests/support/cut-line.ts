import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'
import { atEnd } from './at-end.ts'

/**
 * A line to a site that can be cut: what a browser's own "offline" does not reach (a service worker that starts anew) has no network
 * either. `url`: the site's address on this side of it.
 */
export async function cutLine(site: { url: string }): Promise<{ url: string; cut: () => void; mend: () => void }> {
  const { port, hostname } = new URL(site.url)
  const sockets = new Set<Socket>()
  let isCut = false
  const server = createServer((socket) => {
    if (isCut) return socket.destroy()
    const onward = connect(Number(port), hostname)
    for (const one of [socket, onward]) {
      sockets.add(one)
      one.on('error', () => one.destroy()).on('close', () => sockets.delete(one))
    }
    socket.pipe(onward).pipe(socket)
    socket.on('close', () => onward.destroy())
    onward.on('close', () => socket.destroy())
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const hangUp = () => {
    for (const socket of sockets) socket.destroy()
  }
  atEnd(async () => {
    hangUp()
    server.close()
  })
  const own = server.address() as { port: number }
  return {
    url: `http://127.0.0.1:${own.port}`,
    cut: () => {
      isCut = true
      hangUp()
    },
    mend: () => {
      isCut = false
    },
  }
}
