import { createInterface } from 'node:readline'
import { Writable } from 'node:stream'

/** What a command needs of its process. */
export type Shell = {
  stdin: NodeJS.ReadableStream & { isTTY?: boolean }
  stdout: { write: (text: string) => unknown }
  stderr: { write: (text: string) => unknown }
}

const LONGEST_INPUT = 4096

/**
 * The first line of stdin. Typed at a terminal it is asked for on stderr and not shown.
 * @returns an empty text where stdin is closed or empty.
 */
export async function readPassword(shell: Shell, prompt: string): Promise<string> {
  return shell.stdin.isTTY ? askFor(shell, prompt) : firstLine(shell.stdin)
}

async function firstLine(stdin: NodeJS.ReadableStream): Promise<string> {
  const parts: Buffer[] = []
  let size = 0
  for await (const part of stdin) {
    const bytes = Buffer.from(part)
    parts.push(bytes)
    size += bytes.length
    if (bytes.includes('\n') || size > LONGEST_INPUT) break
  }
  return (
    Buffer.concat(parts)
      .toString('utf8')
      .replace(/^\uFEFF/, '')
      .split(/\r?\n/, 1)[0] ?? ''
  )
}

function askFor({ stdin, stderr }: Shell, prompt: string): Promise<string> {
  stderr.write(prompt)
  const output = new Writable({ write: (_text, _encoding, done) => done() })
  const lines = createInterface({ input: stdin, output, terminal: true })
  return new Promise((resolve) => {
    const finish = (line: string) => {
      stderr.write('\n')
      resolve(line)
      lines.close()
    }
    lines.once('line', finish)
    lines.once('close', () => finish(''))
    lines.once('SIGINT', () => lines.close())
  })
}
