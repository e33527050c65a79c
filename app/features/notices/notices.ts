import type { NoticeKind } from '#db/values.ts'

/** A lesson as a notice names it. */
type OfLesson = { courseSlug: string; lessonSlug: string; title: string; titleEn: string }

/**
 * What each kind of notice carries, so that its words and its link need no other row: titles, slugs, codes and ids, never
 * personal data. Adding a kind is a line here, one in db/values.ts, one in the words and one in {@link noticePath}.
 */
export type NoticeDetails = {
  /** To those who answer: a worker of one of their classes asked. */
  'question.asked': OfLesson & { academyCode: string; questionId: string }
  /** To the asker. */
  'question.answered': OfLesson & { questionId: string }
}

export type Notice = {
  [K in NoticeKind]: { id: string; kind: K; detail: NoticeDetails[K]; at: Date; isRead: boolean }
}[NoticeKind]

/** Where a notice leads. */
export function noticePath({ kind, detail }: Pick<Notice, 'kind' | 'detail'>): string {
  switch (kind) {
    case 'question.asked':
      return `/academies/${(detail as NoticeDetails['question.asked']).academyCode}/manage/questions/${detail.questionId}`
    case 'question.answered':
      return `/courses/${detail.courseSlug}/${detail.lessonSlug}/ask#q-${detail.questionId}`
  }
}
