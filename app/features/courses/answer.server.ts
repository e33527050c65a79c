import { and, eq } from 'drizzle-orm'
import { system, type Viewer } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { record } from '#app/features/audit/audit.server.ts'
import { notify } from '#app/features/notices/notices.server.ts'
import { readWritten } from '#app/lib/written.ts'
import type { Tx } from '#db/client.server.ts'
import { lessonAnswer, lessonQuestion } from '#db/schema/index.ts'
import { type AnswerRefusal, LONGEST_ANSWER, MOST_ANSWERS } from './asking.ts'
import { type DeskQuestion, findQuestion } from './questions-desk.server.ts'

type Answered = { ok: true } | { ok: false; reason: AnswerRefusal | 'absent' }

/**
 * Answers a question and tells the asker. The question is looked up as the viewer, so that both walls decide who answers;
 * then the system writes, since the asker's notices are nobody else's. `id` was made with the form: sent again, it is
 * still one answer. After the guard `questions.answer`.
 */
export async function answer(
  viewer: Viewer,
  input: { questionId: string; id: string; text: unknown; now: Date; requestId?: string },
): Promise<Answered> {
  const { questionId, id, now, requestId } = input
  const question = await as(viewer, (tx) => findQuestion(tx, { viewer, questionId }))
  const { academyId } = viewer
  if (!question || !academyId) return { ok: false, reason: 'absent' }
  if (question.answers.some((one) => one.id === id)) return { ok: true }
  const written = readWritten(input.text, LONGEST_ANSWER)
  if (!written.ok) return { ok: false, reason: written.fault }
  if (question.answers.length >= MOST_ANSWERS) return { ok: false, reason: 'many' }
  await as(system('questions'), (tx) =>
    keepAnswer(tx, { academyId, question, id, text: written.text, viewer, now, requestId }),
  )
  return { ok: true }
}

type Kept = {
  academyId: string
  question: DeskQuestion
  id: string
  text: string
  viewer: Viewer
  now: Date
  requestId?: string
}

/** For the purpose `questions`. */
async function keepAnswer(tx: Tx, { academyId, question, id, text, viewer, now, requestId }: Kept): Promise<void> {
  const { courseSlug, lessonSlug, title, titleEn, id: questionId } = question
  const at = { academyId, id, questionId, accountId: viewer.accountId }
  const kept = await tx
    .insert(lessonAnswer)
    .values({ ...at, name: viewer.name, text, answeredAt: now })
    .onConflictDoNothing()
    .returning({ id: lessonAnswer.id })
  if (kept.length === 0) return
  const [asked] = await tx
    .select({ accountId: lessonQuestion.accountId })
    .from(lessonQuestion)
    .where(and(eq(lessonQuestion.academyId, academyId), eq(lessonQuestion.id, questionId)))
  await notify(tx, {
    accountIds: asked ? [asked.accountId] : [],
    kind: 'question.answered',
    subjectId: id,
    detail: { courseSlug, lessonSlug, title, titleEn, questionId },
    academyId,
    now,
  })
  await record(tx, {
    by: { ...system('questions'), onBehalfOf: viewer.accountId },
    now,
    kind: 'question.answered',
    detail: { course: courseSlug, lesson: lessonSlug },
    academyId,
    subjectId: questionId,
    requestId,
  })
}
