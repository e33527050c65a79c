import { at, box, bytes, CAPTIONS, changed, FILM, part, SOUND } from './films.ts'
import type { HostileFile } from './hostile-file.ts'

/** Videos, recordings and captions that are something else, would not play, or would run. */
const film = (name: string, code: HostileFile['code'], file: Uint8Array | string): HostileFile => ({
  name,
  code,
  at: 'media/f.mp4',
  file,
})
const cue = (words: string) => `WEBVTT\n\n00:00:00.000 --> 00:00:04.000\n${words}\n`
const captions = (name: string, code: HostileFile['code'], file: string, place?: string): HostileFile => ({
  name,
  code,
  at: 'media/f.vtt',
  file,
  place,
})
const [head, index, data] = [part(FILM, 'ftyp'), part(FILM, 'moov'), part(FILM, 'mdat')]
const more = { 'media/f.mp4': FILM, 'media/f.vtt': CAPTIONS, 'media/f.m4a': SOUND }
const lesson = (name: string, code: HostileFile['code'], attributes: string, inside = '文字稿'): HostileFile => ({
  name,
  code,
  body: /^§?</.test(attributes) ? attributes : `<Video ${attributes}>\n\n${inside}\n\n</Video>\n`,
  more,
})
const GOOD = 'src="f.mp4" title="x" captions="f.vtt"'

export const hostileMedia: HostileFile[] = [
  film('a web page named as a film', 'media_format', '<!doctype html><script>alert(1)</script>'),
  film('a film of no bytes', 'media_format', ''),
  film('a program named as a film', 'media_format', Buffer.from('\u007fELF\u0002\u0001\u0001')),
  film('a WebM named as an MP4', 'media_format', Buffer.from([0x1a, 0x45, 0xdf, 0xa3, 0x9f, 0x42, 0x86, 0x81, 1])),
  film(
    'a film of another brand',
    'media_format',
    changed(FILM, (copy) => copy.write('evil'.repeat(6), 8, 'latin1')),
  ),
  film('a film whose first box is longer than the file', 'media_format', bytes(0x7fffffff, 'ftypisom')),
  film('a film of boxes without length', 'media_format', bytes(head, 0x00000001, 'moov', 0, 0)),
  film('a film of boxes shorter than their heads', 'media_format', bytes(head, 0x00000004, 'moov')),
  film('a film of ten thousand boxes', 'media_format', bytes(head, ...Array(10_000).fill(box('free')))),
  film('a film of strange boxes', 'media_format', bytes(head, box('code', 'alert(1)'), index, data)),
  film('a film without an index', 'media_format', bytes(head, data)),
  film('a film whose index is empty', 'media_format', bytes(head, box('moov'), data)),
  film('a film whose index goes on behind its end', 'media_format', bytes(head, box('moov', 0xffff, 'mvhd'), data)),
  film(
    'a film whose index is a film',
    'media_format',
    bytes(head, box('moov', Buffer.alloc(4 * 1024 * 1024 + 1)), data),
  ),
  film('a film that plays only when all of it is there', 'media_late_index', bytes(head, data, index)),
  film(
    'a film in a codec that phones lack',
    'media_codec',
    changed(FILM, (copy) => copy.write('hvc1', copy.lastIndexOf('avc1'))),
  ),
  film(
    'a codec that is a terminal’s escape',
    'media_codec',
    changed(FILM, (copy) => copy.write('\u001b[2J', copy.lastIndexOf('avc1'))),
  ),
  film(
    'a film of a month',
    'media_length',
    changed(FILM, (copy) => copy.writeUInt32BE(0xfffffff0, at(copy, 'mvhd') + 24)),
  ),
  film(
    'a film of no time',
    'media_length',
    changed(FILM, (copy) => copy.writeUInt32BE(0, at(copy, 'mvhd') + 24)),
  ),
  film(
    'a film that divides by nothing',
    'media_length',
    changed(FILM, (copy) => copy.writeUInt32BE(0, at(copy, 'mvhd') + 20)),
  ),
  film(
    'a film without a picture’s size',
    'media_format',
    changed(FILM, (copy) => copy.fill(0, at(copy, 'tkhd') + 84, at(copy, 'tkhd') + 92)),
  ),
  film('sound alone named as a film', 'media_name', SOUND),
  { name: 'a film named as a recording', code: 'media_name', at: 'media/f.m4a', file: FILM },
  { name: 'a recording of 17 MB', code: 'too_large', at: 'media/f.m4a', file: Buffer.alloc(17 * 1024 * 1024) },
  { name: 'a film of another ending', code: 'unknown_file', at: 'media/f.webm', file: 'x' },
  { name: 'a page among the films', code: 'unknown_file', at: 'media/f.html', file: '<script>1</script>' },
  { name: 'a drawing among the films', code: 'unknown_file', at: 'media/f.svg', file: '<svg/>' },
  { name: 'a film of capitals', code: 'unknown_file', at: 'media/F.MP4', file: FILM },
  { name: 'a folder among the films', code: 'not_a_file', at: 'media/f.mp4', odd: 'folder' },
  { name: 'a film that is a link to a secret', code: 'not_a_file', at: 'media/f.mp4', odd: 'link' },
  { name: 'captions that are a pipe', code: 'not_a_file', at: 'media/f.vtt', odd: 'pipe' },
  { name: 'a folder of films that is a link', code: 'not_a_file', at: 'media', odd: 'link to a folder' },
  { name: 'films that are a file', code: 'not_a_file', at: 'media', file: 'x' },
  { name: 'a film beside the lessons', code: 'unknown_file', at: 'f.mp4', file: FILM },
  // Captions
  captions('captions with a script', 'captions_markup', cue('<script>alert(1)</script>'), '4:1'),
  captions('captions with a voice', 'captions_markup', cue('<v 张三>你好</v>'), '4:1'),
  captions('captions behind an entity', 'captions_markup', cue('&lt;script&gt;'), '4:1'),
  captions(
    'captions with a style sheet',
    'captions_syntax',
    `WEBVTT\n\nSTYLE\n::cue { background: url(//e) }\n`,
    '3:1',
  ),
  captions('captions with a note', 'captions_syntax', 'WEBVTT\n\nNOTE x\n', '3:1'),
  captions('captions at a place of their own', 'captions_syntax', cue('x').replace('04.000', '04.000 line:0'), '3:1'),
  captions('captions of another kind', 'captions_head', '1\n00:00:00,000 --> 00:00:04,000\nx\n'),
  captions('captions that end before they begin', 'captions_time', cue('x').replace('04.000', '00.000'), '3:1'),
  captions(
    'captions that run backwards',
    'captions_time',
    `${CAPTIONS.replace('00:00:00', '00:00:02')}\n00:00:01.000 --> 00:00:05.000\nx\n`,
    '6:1',
  ),
  captions('captions of a page', 'captions_long', cue('长'.repeat(81)), '4:1'),
  captions('captions of nothing', 'captions_empty', 'WEBVTT\n'),
  captions('captions without words', 'captions_syntax', 'WEBVTT\n\n00:00:00.000 --> 00:00:04.000\n', '3:1'),
  captions('captions that turn around', 'control_character', cue('a§\u202eb')),
  // In a lesson
  lesson(
    'a film from elsewhere',
    'media_source',
    `§<Video src="https://evil.example/f.mp4" title="x" captions="f.vtt">\n\nx\n\n</Video>\n`,
  ),
  lesson(
    'a film above the folder',
    'media_source',
    `§<Video src="../f.mp4" title="x" captions="f.vtt">\n\nx\n\n</Video>\n`,
  ),
  lesson('a film as data', 'link_scheme', `§src="data:video/mp4,x" title="x" captions="f.vtt"`),
  lesson(
    'a film that is not there',
    'media_missing',
    `§<Video src="g.mp4" title="x" captions="f.vtt">\n\nx\n\n</Video>\n`,
  ),
  lesson(
    'a recording played as a film',
    'media_source',
    `§<Video src="f.m4a" title="x" captions="f.vtt">\n\nx\n\n</Video>\n`,
  ),
  lesson('a film without captions', 'attribute_missing', `§<Video src="f.mp4" title="x">\n\nx\n\n</Video>\n`),
  lesson('a film without a text', 'component_empty', `§<Video ${GOOD} />\n`),
  lesson('a film that begins by itself', 'attribute_unknown', `${GOOD} §autoplay="true"`),
  lesson('a film with a handler', 'event_attribute', `${GOOD} §onplay="alert(1)"`),
  lesson('a film with another name for the heartbeats', 'attribute_unknown', `${GOOD} §data-media="other.mp4"`),
  lesson(
    'a first picture from elsewhere',
    'image_source',
    `§<Video ${GOOD} poster="//evil.example/x.svg">\n\nx\n\n</Video>\n`,
  ),
  lesson('a text of a film that runs', 'expression', GOOD, '§{process.env}'),
  lesson('a text of a film with markup', 'raw_html', GOOD, '§<video src="x" />'),
  lesson(
    'a film played twice for one',
    'media_twice',
    `<Video ${GOOD}>\n\nx\n\n</Video>\n\n§<Video ${GOOD}>\n\nx\n\n</Video>\n`,
  ),
]
