import { connect } from 'node:net'

/** One kept-alive connection, as a browser has one: a request at a time, its status and body back. */
export type Line = {
  ask: (request: string) => Promise<{ status: number; body: string }>
  close: () => void
}

/**
 * HTTP by hand, over a bare socket: what asks should cost as little as can be of the cores that it shares with what is
 * measured. Knows answers with a Content-Length, and no others.
 */
export function openLine(url: string): Promise<Line> {
  const { hostname, port } = new URL(url)
  return new Promise((opened, fail) => {
    let waiting: { done: (answer: { status: number; body: string }) => void; fail: (error: Error) => void } | null =
      null
    let received = ''
    const socket = connect(Number(port), hostname)
    const end = (error: Error) => {
      fail(error)
      waiting?.fail(error)
      waiting = null
    }
    socket.setNoDelay(true).setEncoding('latin1')
    socket.on('data', (chunk: string) => {
      received += chunk
      const head = received.indexOf('\r\n\r\n')
      const length = head < 0 ? null : /\ncontent-length: *(\d+)/i.exec(received.slice(0, head + 1))?.[1]
      if (length === null) return
      if (length === undefined) return end(new Error(`no length: ${received.slice(0, head)}`))
      const until = head + 4 + Number(length)
      if (received.length < until) return
      const answer = { status: Number(received.slice(9, 12)), body: received.slice(head + 4, until) }
      received = received.slice(until)
      if (!waiting) return end(new Error(`answered ${answer.status} to nothing`))
      const { done } = waiting
      waiting = null
      done(answer)
    })
    socket.on('error', end).on('close', () => end(new Error('the server hung up')))
    socket.on('connect', () =>
      opened({
        ask: (request) =>
          new Promise((done, refuse) => {
            waiting = { done, fail: refuse }
            socket.write(request)
          }),
        close: () => {
          socket.removeAllListeners('close')
          socket.destroy()
        },
      }),
    )
  })
}
