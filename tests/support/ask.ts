import { Agent, request } from 'node:http'

export type Answer = { status: number; headers: string; text: string }
const agent = new Agent({ keepAlive: true })

const FROM_OURS = { 'sec-fetch-site': 'same-origin', 'content-type': 'application/x-www-form-urlencoded;charset=UTF-8' }

/** One request, redirections not followed, nothing packed: `fetch` costs several times as much, and a walk makes ten thousand. */
export const ask = (
  url: string,
  { method, cookie, body }: { method: string; cookie?: string; body?: URLSearchParams },
) =>
  new Promise<Answer>((resolve, reject) => {
    const content = body?.toString() ?? ''
    const headers = {
      accept: '*/*',
      ...(cookie && { cookie }),
      ...(body && { origin: new URL(url).origin, 'content-length': Buffer.byteLength(content), ...FROM_OURS }),
    }
    const asked = request(url, { agent, method, headers }, (answer) => {
      const chunks: Buffer[] = []
      answer.on('data', (chunk: Buffer) => chunks.push(chunk))
      answer.on('error', reject)
      answer.on('end', () => {
        const { statusCode = 0, rawHeaders } = answer
        resolve({ status: statusCode, headers: JSON.stringify(rawHeaders), text: Buffer.concat(chunks).toString() })
      })
    })
    asked.on('error', reject).end(content)
  })
