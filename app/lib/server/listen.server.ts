import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { StartError } from '#db/start-error.ts'

/** Who sends slower than this is cut off, so that slow senders cannot use up the sockets. */
const LIMITS = {
  headersTimeout: 10_000,
  // A large file over a slow line; forms have less time (body.server.ts).
  requestTimeout: 600_000,
  keepAliveTimeout: 15_000,
  connectionsCheckingInterval: 2_000,
}
/** Who reads slower than this. */
const IDLE_MS = 60_000

export function makeServer(listener: RequestListener): Server {
  const server = createServer({ ...LIMITS, maxHeaderSize: 16_384 }, listener)
  server.setTimeout(IDLE_MS)
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Socket) => {
    if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy()
    const status =
      error.code === 'HPE_HEADER_OVERFLOW'
        ? '431 Request Header Fields Too Large'
        : error.code === 'ERR_HTTP_REQUEST_TIMEOUT'
          ? '408 Request Timeout'
          : '400 Bad Request'
    socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
  })
  return server
}

/**
 * Listens and says where: the address to open in a browser.
 * @throws StartError `port_taken` or `address_unavailable`.
 */
export function listen(server: Server, { host, port }: { host: string; port: number }): Promise<string> {
  return new Promise((done, fail) => {
    const refuse = (error: NodeJS.ErrnoException) => fail(asStartError(error, host, port))
    server.once('error', refuse)
    server.listen({ host, port }, () => {
      server.off('error', refuse)
      const { port: actual } = server.address() as AddressInfo
      done(`http://${shownHost(host)}:${actual}`)
    })
  })
}

/** Every interface is reached at this machine's own name; IPv6 addresses stand in brackets. */
function shownHost(host: string): string {
  if (host === '0.0.0.0' || host === '::' || host === '127.0.0.1') return 'localhost'
  return host.includes(':') ? `[${host}]` : host
}

function asStartError(error: NodeJS.ErrnoException, host: string, port: number): Error {
  const { code } = error
  if (code === 'EADDRINUSE')
    return new StartError(
      'port_taken',
      `Port ${port} is taken by another program: stop it, or set PORT to a free one.`,
      String(port),
    )
  if (code === 'EACCES')
    return new StartError(
      'port_taken',
      `Port ${port} may not be used by this account: set PORT to one above 1023.`,
      String(port),
    )
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND' || code === 'EAI_AGAIN' || code === 'EINVAL')
    return new StartError(
      'address_unavailable',
      `This machine has no address ${host}: set HOST to one of its own.`,
      host,
    )
  return error
}

/** Finds a taken port before the database is started; the real listening comes last. */
export async function assertPortIsFree(address: { host: string; port: number }): Promise<void> {
  if (address.port === 0) return
  const probe = createServer()
  await listen(probe, address)
  await new Promise((done) => probe.close(done))
}

/** Takes no more connections, lets requests finish, then cuts off what is left. */
export async function drain(server: Server, limitMs: number): Promise<void> {
  if (!server.listening) return
  const closed = new Promise((done) => server.close(done))
  server.closeIdleConnections()
  const timer = setTimeout(() => server.closeAllConnections(), limitMs)
  const sweep = setInterval(() => server.closeIdleConnections(), 50)
  await closed
  clearTimeout(timer)
  clearInterval(sweep)
}
