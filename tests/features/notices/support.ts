import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'
import { atEnd } from '#tests/support/at-end.ts'

export type Asked = { authorization?: string; key?: string; body: Record<string, string> }

/** A gateway that speaks the protocol of sms.server.ts; `answer` says what it does with each request. */
export async function startGateway() {
  const asked: Asked[] = []
  const gateway = {
    asked,
    url: '',
    answer: (response: ServerResponse, _nth: number): void => {
      response.end(JSON.stringify({ id: 'P-1' }))
    },
  }
  const server = createServer(async (request: IncomingMessage, response) => {
    let text = ''
    for await (const chunk of request) text += chunk
    const { authorization, 'idempotency-key': key } = request.headers
    asked.push({ authorization, key: String(key), body: JSON.parse(text) })
    gateway.answer(response, asked.length)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  gateway.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/send`
  atEnd(() => {
    server.closeAllConnections()
    server.close()
  })
  return gateway
}

/** A mail server that keeps what it takes; a recipient `full@` is told to come later, `nobody@` does not exist. */
export async function startMailServer(options: SMTPServerOptions = {}) {
  const mails: { to: string[]; text: string }[] = []
  const server = new SMTPServer({
    disabledCommands: ['STARTTLS'],
    authOptional: true,
    onRcptTo: ({ address }, _session, done) => {
      const code = address.startsWith('full@') ? 452 : address.startsWith('nobody@') ? 550 : null
      done(code ? Object.assign(new Error('not now'), { responseCode: code }) : null)
    },
    onData: (stream, session, done) => {
      let text = ''
      stream.on('data', (chunk: Buffer) => {
        text += chunk
      })
      stream.on('end', () => {
        mails.push({ to: session.envelope.rcptTo.map(({ address }) => address), text })
        done()
      })
    },
    ...options,
  })
  server.on('error', () => undefined) // a client that goes away in the middle
  server.listen(0, '127.0.0.1')
  await once(server.server, 'listening')
  atEnd(() => new Promise<void>((done) => server.close(done)))
  return { mails, port: (server.server.address() as AddressInfo).port }
}
