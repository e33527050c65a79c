import { isId } from '#app/lib/ids.ts'
import { isIn, STANDING_FILTERS, STANDINGS, STUCK, type Standing, type StandingFilter } from './standing.ts'

/** A course that the viewer's academy delivers in online classes. */
export type DeskCourse = {
  slug: string
  title: string
  titleEn: string
  classes: number
  /** Of them those that are not over. */
  running: number
  learners: number
  credited: number
  openQuestions: number
}

/** What an academy looks at of a course: who is where, how questions are answered, how satisfied people are. */
export const COURSE_VIEWS = ['learners', 'results', 'ratings'] as const
export type CourseView = (typeof COURSE_VIEWS)[number]

/** The page's address: all that narrows and orders it, so that a view can be sent to a colleague. */
export type CoursePlace = {
  view: CourseView
  /** Learners and results; what people say of the course is never narrowed to a class. */
  classId: string | null
  state: StandingFilter | null
  /** Results: the hardest question first, instead of the course's order. */
  isHardestFirst: boolean
  /** Learners: standing and enrolment after which the page begins. */
  after: string | null
}

/** Anything unknown is the default. */
export function readCoursePlace(search: URLSearchParams): CoursePlace {
  const view = COURSE_VIEWS.find((one) => one === search.get('view')) ?? 'learners'
  const classId = search.get('class')
  const after = search.get('after')
  return {
    view,
    classId: view !== 'ratings' && classId && isId(classId) ? classId : null,
    state: STANDING_FILTERS.find((state) => state === search.get('state')) ?? null,
    isHardestFirst: search.get('sort') === 'hard',
    after: after && readCursor(after) ? after : null,
  }
}

/** The query of a place, what is default left out: `?view=…&state=…`, or nothing. */
export function courseAddress(place: Partial<CoursePlace> & { format?: 'csv' | 'xlsx' }): string {
  const search = new URLSearchParams()
  if (place.view && place.view !== 'learners') search.set('view', place.view)
  if (place.classId) search.set('class', place.classId)
  if (place.state) search.set('state', place.state)
  if (place.isHardestFirst) search.set('sort', 'hard')
  if (place.after) search.set('after', place.after)
  if (place.format) search.set('format', place.format)
  return search.size > 0 ? `?${search}` : ''
}

type Placed = { enrolmentId: string; standing: Standing }

/** How many stand where. */
export type Counts = Record<StandingFilter, number>

/** Those of one standing, who needs somebody first; and how many stand where, whatever is listed. */
export function narrowed<S extends Placed>(all: readonly S[], state: StandingFilter | null) {
  const count = (one: StandingFilter) => all.filter(({ standing }) => isIn(standing, one)).length
  const counts = Object.fromEntries(STANDING_FILTERS.map((one) => [one, count(one)])) as Counts
  const listed = all.filter(({ standing }) => isIn(standing, state)).sort(byNeed)
  return { counts, listed }
}

const rank = (standing: Standing): number =>
  STANDINGS.indexOf(standing) + (STUCK.includes(standing) ? 0 : STANDINGS.length)
const byNeed = (one: Placed, other: Placed): number =>
  rank(one.standing) - rank(other.standing) ||
  (one.enrolmentId < other.enrolmentId ? -1 : Number(one.enrolmentId > other.enrolmentId))

/** A page of a sorted list. Its cursor holds the place in the order, so that it leads on also where somebody moved or left. */
export function cutPage<S extends Placed>(listed: readonly S[], after: string | null, size: number) {
  const from = after === null ? null : readCursor(after)
  const start = from ? listed.filter((one) => byNeed(one, from) <= 0).length : 0
  const page = listed.slice(start, start + size)
  const last = page.at(-1)
  return { page, next: last && listed.length > start + size ? `${last.standing}.${last.enrolmentId}` : null }
}

function readCursor(after: string): Placed | null {
  const [standing, enrolmentId = ''] = after.split('.')
  const known = STANDINGS.find((one) => one === standing)
  return known && isId(enrolmentId) ? { standing: known, enrolmentId } : null
}
