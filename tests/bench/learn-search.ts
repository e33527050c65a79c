import type postgres from 'postgres'
import type { LearnFigure, LearnWorld } from './learn.ts'
import { enrolLearners } from './learners.ts'
import { asOwner } from './own-database.ts'
import { get } from './page-load.ts'

const COURSES = 250
const LESSONS = 20
const REPEATS = 9
/** What workers type: a word, two, a phrase, letters, a single character. */
const ASKED = [
  '触电',
  '焊接 防火',
  '漏电保护器',
  '劳动合同怎么签',
  '接地线 顺序',
  '老人 翻身',
  'AI 提示词',
  '示教器',
  '灭火',
  '电',
  '安全生产责任制度和劳动者权益保护的基本要求以及怎样落实',
  'GB 26860 electrical safety 电工',
]

/**
 * How long a search of the catalogue takes at 5,000 lessons, from the request to the last byte, one at a time: the median over
 * what workers type, and the median of what takes longest. The reference is the time of a hello.
 */
export async function measureSearch({ site, hello, dataDir }: LearnWorld): Promise<LearnFigure[]> {
  const [reader] = await enrolLearners(dataDir, 1)
  await asOwner(dataDir, addLessons)
  const paths = ASKED.map((words) => `/courses?q=${encodeURIComponent(words)}`)
  const times = await searchMs(site.url, paths, reader!.cookie)
  const measured = median((await searchMs(hello.url, ['/'], '')).flat())
  const of = { unit: 'ms per search', reference: 'node:http hello', measured }
  return [
    { ...of, figure: 'search_ms_5000', value: median(times.flat()) },
    { ...of, figure: 'search_slowest_ms_5000', value: Math.max(...times.map(median)) },
  ]
}

/** What each address took, by address. */
async function searchMs(url: string, paths: string[], cookie: string): Promise<number[][]> {
  const times = paths.map((): number[] => [])
  for (let round = 0; round <= REPEATS; round++)
    for (const [index, path] of paths.entries()) {
      const began = performance.now()
      const { status } = await get(url + path, cookie)
      if (status !== 200) throw new Error(`${path} answered ${status}`)
      if (round > 0) times[index]!.push(performance.now() - began)
    }
  return times
}

const median = (times: readonly number[]) => times.toSorted((one, other) => one - other)[times.length >> 1]!

/** Lessons of some 3,000 characters, put together from the paragraphs of the real ones, the same in every run. */
async function addLessons(owner: postgres.Sql): Promise<void> {
  process.stderr.write(`Indexing ${COURSES * LESSONS} lessons …\n`)
  await owner.begin(async (tx) => {
    await tx`
      insert into course (slug, title, title_en, summary, summary_en, planned_hours, sources, author, updated_on, digest, published_at)
      select 'bench-' || n, c.title || n, c.title_en || n, c.summary, c.summary_en, 2, '[]', '测速', '2026-10-01', c.digest, now()
      from generate_series(1, ${COURSES}::int) n
      join (select *, row_number() over (order by slug) - 1 as place, count(*) over () as all_of from course) c on c.place = n % c.all_of`
    await tx`
      insert into lesson (course_slug, slug, position, title, title_en, summary, minutes, version, has_quiz)
      select 'bench-' || n, 'lesson-' || m, m, l.title, l.title_en, l.summary, 20, 1, false
      from generate_series(1, ${COURSES}::int) n cross join generate_series(1, ${LESSONS}::int) m
      join (select *, row_number() over (order by course_slug, slug) - 1 as place, count(*) over () as all_of from lesson) l
        on l.place = (n * 7 + m) % l.all_of`
    await tx`
      with paragraph as materialized (
        select p.text, row_number() over (order by md5(p.text)) - 1 as place, count(*) over () as all_of
        from lesson_version v, jsonb_array_elements(v.blocks) b,
          regexp_split_to_table(b ->> 'html', '(?=<p>)') p(text)
        where p.text ~ '^<p>' and length(p.text) between 60 and 400
      )
      insert into lesson_version (course_slug, lesson_slug, version, digest, blocks, published_at)
      select 'bench-' || n, 'lesson-' || m, 1, sha256((n || ' ' || m)::bytea),
        jsonb_build_array(jsonb_build_object('kind', 'html', 'html', (
          select string_agg(p.text, '') from generate_series(1, 20) k
          join paragraph p on p.place = (n * 7919 + m * 104729 + k * 31) % p.all_of))), now()
      from generate_series(1, ${COURSES}::int) n cross join generate_series(1, ${LESSONS}::int) m`
  })
  await owner`analyze`
}
