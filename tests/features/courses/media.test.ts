import { createHash } from 'node:crypto'
import { beforeAll, expect, test } from 'vitest'
import { system } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { publishCourses } from '#app/features/courses/publish.server.ts'
import { readRange } from '#app/lib/byte-range.ts'
import { freshDatabase, type TestDatabase } from '#tests/support/database.ts'
import { type Site, startSite } from '#tests/support/site.ts'
import { box, bytes, CAPTIONS, FILM, part, SOUND } from './films.ts'
import { contentFolder, courseOf } from './support.ts'

let database: TestDatabase
let site: Site

const VIDEO = '<Video src="f.mp4" title="次序" captions="f.vtt" poster="f.svg">\n\n文字稿在此。\n\n</Video>\n'
const AUDIO = '<Audio src="s.m4a" title="报警声" required="no">\n\n两声短音。\n\n</Audio>\n'
/** Of three pieces: what a film weighs is mostly behind its index. */
const LARGE = bytes(part(FILM, 'ftyp'), part(FILM, 'moov'), box('mdat', Buffer.alloc(600_000, 'jiangxuetang')))
const digestOf = (file: Uint8Array) => createHash('sha256').update(file).digest('hex')
const publish = async (film: Uint8Array, more = '') => {
  const media = { 'media/f.mp4': film, 'media/s.m4a': SOUND, 'media/f.vtt': CAPTIONS }
  const dir = await contentFolder({ trial: courseOf(`${VIDEO}\n${AUDIO}${more}`, media) })
  return as(system('content'), (tx) => publishCourses(tx, { dir, now: new Date('2026-11-20T02:00:00Z') }))
}
const requiredOf = async () => (await database.owner`select media from lesson where course_slug = 'trial'`)[0]?.media

beforeAll(async () => {
  database = await freshDatabase({ holds: 'content' })
  expect((await publish(LARGE)).problems).toEqual([])
  site = await startSite(database)
}, 120_000)

const urlOf = (film: Uint8Array) => `${site.url}/assets/media/${digestOf(film)}`
const get = async (headers: Record<string, string> = {}, method = 'GET') => {
  const response = await fetch(urlOf(LARGE), { headers, method })
  return { status: response.status, headers: response.headers, body: Buffer.from(await response.arrayBuffer()) }
}
const says = ({ headers }: { headers: Headers }, ...names: string[]) => names.map((name) => headers.get(name))

test('a video is the browser’s own player: nothing is fetched before a tap, its length and size stand below, and its text', async () => {
  const page = await (await fetch(`${site.url}/courses/trial/lesson`)).text()
  const video = /<figure class="media"><video[\s\S]*?<\/figure>/.exec(page)?.[0] ?? ''
  expect(video).toContain(`src="/assets/media/${digestOf(LARGE)}"`)
  for (const said of [
    'preload="none"',
    'controls=""',
    'playsinline=""',
    'width="640"',
    'height="360"',
    'data-media="f.mp4"',
  ])
    expect(video.toLowerCase()).toContain(said)
  expect(video).toMatch(/<track kind="captions" src="\/assets\/courses\/[0-9a-f]{64}"/)
  expect(video).toMatch(/poster="\/assets\/courses\/[0-9a-f]{64}"/)
  expect(video).toContain('次序<span class="media-facts">20秒 · 602 KB · 有字幕</span>')
  expect(video).toMatch(/<details class="transcript">.*文字稿在此。/s)
  expect(page).toMatch(/<audio [^>]*preload="none"[^>]*>/)
  expect(page).toContain('选看')
  const track = await fetch(site.url + /<track [^>]*src="([^"]*)"/.exec(video)?.[1])
  expect(track.headers.get('Content-Type')).toBe('text/vtt')
  expect(await track.text()).toBe(CAPTIONS)
})

test('a lesson asks for the videos it has but those that are only an extra, with their length as the file has it', async () => {
  expect(await requiredOf()).toEqual([{ name: 'f.mp4', title: '次序', seconds: 20 }])
})

test('the whole film comes as it was published, and any part of it, also across pieces', async () => {
  const whole = await get()
  expect(whole.status).toBe(200)
  expect(whole.body.equals(LARGE)).toBe(true)
  expect(says(whole, 'Content-Type', 'Accept-Ranges', 'Content-Length')).toEqual([
    'video/mp4',
    'bytes',
    String(LARGE.length),
  ])
  for (const [from, until] of [
    [0, 0],
    [0, 262_143],
    [262_143, 262_144],
    [262_144, 262_144],
    [100, 599_999],
    [LARGE.length - 1, LARGE.length - 1],
  ] as const) {
    const some = await get({ Range: `bytes=${from}-${until}` })
    expect(some.status).toBe(206)
    expect(some.headers.get('Content-Range')).toBe(`bytes ${from}-${until}/${LARGE.length}`)
    expect(some.body.equals(LARGE.subarray(from, until + 1)), `${from}-${until}`).toBe(true)
  }
  const end = await get({ Range: 'bytes=-1000' })
  expect(end.body.equals(LARGE.subarray(-1000))).toBe(true)
})

test('a part that is not there is 416 with the size; a part of another version is answered with the whole', async () => {
  const beyond = await get({ Range: `bytes=${LARGE.length}-` })
  expect([beyond.status, ...says(beyond, 'Content-Range')]).toEqual([416, `bytes */${LARGE.length}`])
  const tag = `"${digestOf(LARGE)}"`
  expect((await get({ Range: 'bytes=0-9', 'If-Range': tag })).status).toBe(206)
  expect((await get({ Range: 'bytes=0-9', 'If-Range': '"another"' })).status).toBe(200)
  expect((await get({ Range: 'bytes=0-9', 'If-Range': 'Wed, 25 Nov 2026 00:00:00 GMT' })).status).toBe(200)
  expect((await get({ 'If-None-Match': tag })).status).toBe(304)
})

test('HEAD says what GET would, and sends nothing', async () => {
  const { status, headers, body } = await get({ Range: 'bytes=5-14' }, 'HEAD')
  expect([status, headers.get('Content-Length'), headers.get('Content-Range'), body.length]).toEqual([
    ...[206, '10', `bytes 5-14/${LARGE.length}`, 0],
  ])
})

test('a film is no data: an address that Remix would read it whole for is not there', async () => {
  for (const address of [`/assets/media/${digestOf(LARGE)}.data`, `/ASSETS/media/${digestOf(LARGE)}.data`]) {
    const response = await fetch(site.url + address)
    expect(response.status, address).toBe(404)
    expect((await response.text()).length, address).toBeLessThan(1000)
  }
})

test('a film that nobody published is not there, whatever the name', async () => {
  for (const name of ['0'.repeat(64), 'x', '..%2f..%2fetc%2fpasswd', digestOf(CAPTIONS as never)])
    expect((await fetch(`${site.url}/assets/media/${name}`)).status).toBe(404)
})

test('parts are read as RFC 9110 says; several at once, other units and nonsense get the whole', () => {
  expect(readRange('bytes=0-499', 1000)).toEqual({ from: 0, until: 499 })
  expect(readRange('bytes=999-', 1000)).toEqual({ from: 999, until: 999 })
  expect(readRange('bytes=500-5000', 1000)).toEqual({ from: 500, until: 999 })
  expect(readRange('bytes=-5000', 1000)).toEqual({ from: 0, until: 999 })
  expect(readRange('bytes=1000-', 1000)).toBe('unsatisfiable')
  expect(readRange('bytes=-0', 1000)).toBe('unsatisfiable')
  for (const header of [null, '', 'bytes=-', 'bytes=0-1,5-6', 'lines=0-1', 'bytes=9-1', 'bytes=a-b', 'bytes=0-1-2'])
    expect(readRange(header, 1000), String(header)).toBeNull()
})

test('a film that changed is a new version of its lesson under a new address; the old one stays for who has it open', async () => {
  const { courses } = await publish(FILM)
  expect(courses).toMatchObject([{ outcome: 'published', compiled: 1 }])
  for (const film of [FILM, LARGE]) expect((await fetch(urlOf(film), { method: 'HEAD' })).status).toBe(200)
  expect((await publish(FILM)).courses).toMatchObject([{ outcome: 'unchanged' }])
  expect((await publish(FILM, '\n再一句。\n')).courses).toMatchObject([{ outcome: 'published', compiled: 1 }])
  expect(await requiredOf()).toEqual([{ name: 'f.mp4', title: '次序', seconds: 20 }])
})
