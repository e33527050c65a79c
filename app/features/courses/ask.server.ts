import { and, eq, inArray, isNull, sql } from 'drizzle-orm'
import { system, type Viewer } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { slow } from '#app/features/accounts/slow.server.ts'
import { record } from '#app/features/audit/audit.server.ts'
import { notify } from '#app/features/notices/notices.server.ts'
import { readWritten } from '#app/lib/written.ts'
import type { Tx } from '#db/client.server.ts'
import { academy, account, classStaff, lesson, lessonQuestion } from '#db/schema/index.ts'
import { findAskPage } from './ask-page.server.ts'
import { type AskRefusal, LONGEST_QUESTION, whoIsTold } from './asking.ts'
import type { LessonAt, LessonName } from './lesson-name.server.ts'

type Asked = { ok: true } | { ok: false; reason: AskRefusal; seconds?: number } | { ok: false; reason: 'absent' }

/**
 * Puts a worker's question on a lesson to the academy of an online class (`classId`, one of those on the page, null: the
 * first of them) and tells those who answer. `id` was made with the form: sent again, it is still one question. Too many
 * in a row are slowed. After the guard `learning.own`.
 */
export async function ask(
  viewer: Viewer,
  input: LessonAt & { id: string; classId: string | null; text: unknown; now: Date; requestId?: string },
): Promise<Asked> {
  const { courseSlug, lessonSlug, id, now } = input
  const written = readWritten(input.text, LONGEST_QUESTION)
  if (!written.ok) return { ok: false, reason: written.fault }
  const page = await as(viewer, (tx) => findAskPage(tx, { ...input, viewer }))
  if (!page) return { ok: false, reason: 'absent' }
  if (page.questions.some((question) => question.id === id)) return { ok: true }
  const through = input.classId ? page.classes.find((one) => one.classId === input.classId) : page.classes[0]
  if (!through) return { ok: false, reason: 'no_class' }
  const seconds = await slow(viewer, 'question', now)
  if (seconds > 0) return { ok: false, reason: 'wait', seconds }
  await as(system('questions'), (tx) =>
    keepQuestion(tx, {
      ...{ courseSlug, lessonSlug, id, now, text: written.text, lesson: page.lesson },
      ...{ accountId: viewer.accountId, academyId: through.academyId, classId: through.classId },
      requestId: input.requestId,
    }),
  )
  return { ok: true }
}

type Kept = LessonAt & {
  id: string
  accountId: string
  academyId: string
  classId: string
  text: string
  now: Date
} & {
  lesson: LessonName
  requestId?: string
}

/** For the purpose `questions`. */
async function keepQuestion(tx: Tx, { lesson: name, text, now, requestId, ...at }: Kept): Promise<void> {
  const { academyId, classId, courseSlug, lessonSlug } = at
  const version = sql`(select ${lesson.version} from ${lesson} where ${lesson.courseSlug} = ${courseSlug} and ${lesson.slug} = ${lessonSlug})`
  const kept = await tx
    .insert(lessonQuestion)
    .values({ ...at, version, text, askedAt: now })
    .onConflictDoNothing()
    .returning({ id: lessonQuestion.id })
  if (kept.length === 0) return
  const { teachers, administrators, academyCode } = await listAnswerers(tx, { academyId, classId })
  await notify(tx, {
    accountIds: whoIsTold(teachers, administrators),
    kind: 'question.asked',
    subjectId: at.id,
    detail: { courseSlug, lessonSlug, title: name.title, titleEn: name.titleEn, academyCode, questionId: at.id },
    academyId,
    now,
  })
  await record(tx, {
    by: { ...system('questions'), onBehalfOf: at.accountId },
    now,
    kind: 'question.asked',
    detail: { course: courseSlug, lesson: lessonSlug, classId },
    academyId,
    subjectId: at.id,
    requestId,
  })
}

/** Accounts of those who may answer a class's questions, disabled ones left out. */
async function listAnswerers(tx: Tx, { academyId, classId }: { academyId: string; classId: string }) {
  const staff = tx
    .select({ id: classStaff.accountId })
    .from(classStaff)
    .where(and(eq(classStaff.academyId, academyId), eq(classStaff.classId, classId)))
  const isTeacher = inArray(account.id, staff)
  const [rows, [at]] = await Promise.all([
    tx
      .select({ id: account.id, role: account.role, isTeacher: sql<boolean>`${isTeacher}` })
      .from(account)
      .where(and(eq(account.academyId, academyId), isNull(account.disabledAt))),
    tx.select({ code: academy.code }).from(academy).where(eq(academy.id, academyId)),
  ])
  return {
    teachers: rows.filter((row) => row.isTeacher).map((row) => row.id),
    administrators: rows.filter((row) => row.role === 'academy_admin').map((row) => row.id),
    academyCode: at?.code ?? '',
  }
}
