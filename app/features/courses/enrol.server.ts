import { eq, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { system, type Viewer } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import type { SentForm } from '#app/features/once/once.server.ts'
import { chooseAcademy } from '#app/features/training/academy-choice.server.ts'
import type { Declared } from '#app/features/training/declared.ts'
import type { OfferRefusal, SeatRefusal } from '#app/features/training/seat-request.ts'
import type { EnrolRefusal } from '#app/features/training/seat-rules.ts'
import { answerSeat, bookSeat } from '#app/features/training/seats.server.ts'
import { statement, type Tx } from '#db/client.server.ts'
import { academy, course } from '#db/schema/index.ts'
import { creditIfComplete } from './course-credit.server.ts'
import { learnerOf } from './learner.ts'
import { listPrerequisites, type Prerequisite } from './prerequisites.server.ts'

type Request = {
  academyCode: string
  classId: string
  /** The worker also wants later online courses to count for this academy. */
  isChosen: boolean
  /** A seat was offered, and the worker takes it. */
  isOffered?: boolean
  declared?: Declared
  /** The form that asks (features/once). */
  sent?: SentForm | null
  now: Date
  requestId?: string
}

export type EnrolAnswer = { ok: true } | SeatRefusal<EnrolRefusal | OfferRefusal | 'prerequisites'>

/** What a class with a course says about it: who made the course, what is to be finished before. */
export type ClassCourse = {
  slug: string
  title: string
  titleEn: string
  /** An academy, or whom the course itself names. */
  madeBy: string
  /** The class is of the online academy, which pools the courses of others. */
  isPooled: boolean
  prerequisites: Prerequisite[]
}

const teaching = alias(academy, 'teaching')

const taughtCourse = statement((db) =>
  db
    .select({
      slug: course.slug,
      title: course.title,
      titleEn: course.titleEn,
      madeBy: sql<string>`coalesce(${academy.name}, ${course.author})`,
      isPooled: sql<boolean>`coalesce(${teaching.kind} = 'online' and ${teaching.code} is distinct from ${course.academyCode}, false)`,
    })
    .from(course)
    .leftJoin(academy, eq(academy.code, course.academyCode))
    .leftJoin(teaching, eq(teaching.code, sql.placeholder('academyCode')))
    .where(eq(course.slug, sql.placeholder('courseSlug'))),
)

/** The course that an online class of an academy delivers, as the viewer (null: a visitor) stands to it; null: it is not published. */
export async function findClassCourse(
  tx: Tx,
  { courseSlug, academyCode, viewer }: { courseSlug: string; academyCode: string; viewer: Viewer | null },
): Promise<ClassCourse | null> {
  const [[found], prerequisites] = await Promise.all([
    taughtCourse(tx, { courseSlug, academyCode }),
    listPrerequisites(tx, { courseSlug, learner: learnerOf(viewer) }),
  ])
  return found ? { ...found, prerequisites } : null
}

/**
 * Enrols the signed-in worker, after the guard: a seat in the class; the hours at once where its course is finished
 * already; the academy for later ones where the worker wants it. A class whose course wants others finished first is
 * refused until they are, and nothing is written. Null: there is no such class for the public.
 */
export async function enrolLearner(viewer: Viewer, request: Request): Promise<EnrolAnswer | null> {
  const { isChosen, isOffered, ...ask } = request
  const { academyCode, now, requestId } = ask
  const learner = learnerOf(viewer)
  if (!learner) return null
  const isBarred = async (tx: Tx, courseSlug: string) => {
    const wanted = await listPrerequisites(tx, { courseSlug, learner })
    return wanted.some(({ isDone }) => !isDone)
  }
  const asked = { ...ask, isBarred }
  const answer = await (isOffered ? answerSeat(viewer, { ...asked, isAccepted: true }) : bookSeat(viewer, asked))
  if (!answer?.ok) return answer
  const { courseSlug, seat } = answer
  if (courseSlug && seat === 'enrolled')
    await as(system('credit'), (tx) => creditIfComplete(tx, { ...learner, courseSlug, now }))
  if (isChosen) await as(viewer, (tx) => chooseAcademy(tx, { viewer, code: academyCode, now, requestId }))
  return { ok: true }
}
