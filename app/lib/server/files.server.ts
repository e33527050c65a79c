import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { extname, join, relative, sep } from 'node:path'
import { hasTag } from '../http.ts'
import { preferredEncoding } from './compress.server.ts'

type StaticFile = { headers: Record<string, string>; etag: string; plain: Buffer; br?: Buffer; gzip?: Buffer }
export type StaticFiles = ReadonlyMap<string, StaticFile>

const TYPES: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.ico': 'image/x-icon',
  '.jpg': 'image/jpeg',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.ttf': 'font/ttf',
  '.webmanifest': 'application/manifest+json; charset=utf-8',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
}

/**
 * Everything below the folder, held in memory by its URL path (some hundred kilobytes): nothing outside can be asked for,
 * and a build beside a running server takes nothing away from it. Files in /assets carry a digest of their content in
 * their name and never change.
 */
export function loadFiles(folder: string): StaticFiles {
  const files = new Map<string, StaticFile>()
  const paths = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
  const known = new Set(paths)
  const read = (path: string) => (known.has(path) ? readFileSync(path) : undefined)
  for (const path of paths) {
    const type = TYPES[extname(path)]
    if (!type) continue
    const url = `/${relative(folder, path).split(sep).join('/')}`
    const plain = readFileSync(path)
    const etag = `"${createHash('sha256').update(plain).digest('base64url').slice(0, 22)}"`
    const cache = url.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'public, max-age=3600'
    const headers = { 'Content-Type': type, 'Cache-Control': cache, ETag: etag, Vary: 'Accept-Encoding' }
    files.set(url, { headers, etag, plain, br: read(`${path}.br`), gzip: read(`${path}.gz`) })
  }
  return files
}

/** What is said to documents: beside a script or a style it says nothing, and a page asks for a dozen of them. */
const OF_DOCUMENTS = [
  'Content-Security-Policy',
  'Cross-Origin-Opener-Policy',
  'Permissions-Policy',
  'Referrer-Policy',
  'X-Frame-Options',
]

/** Answers a GET or HEAD of one of the files; false when it is none of them. */
export function sendFile(
  files: StaticFiles,
  path: string,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): boolean {
  const file = incoming.method === 'GET' || incoming.method === 'HEAD' ? files.get(path) : undefined
  if (!file) return false
  if (/\.(?:js|css)$/.test(path)) for (const name of OF_DOCUMENTS) outgoing.removeHeader(name)
  if (hasTag(incoming.headers['if-none-match'], file.etag)) {
    outgoing.writeHead(304, file.headers).end()
    return true
  }
  const encoding = preferredEncoding(incoming.headers['accept-encoding'])
  const packed = encoding && file[encoding]
  const body = packed || file.plain
  const coding: Record<string, string> = packed ? { 'Content-Encoding': encoding } : {}
  outgoing.writeHead(200, { ...file.headers, ...coding, 'Content-Length': body.length })
  outgoing.end(incoming.method === 'HEAD' ? undefined : body)
  return true
}
