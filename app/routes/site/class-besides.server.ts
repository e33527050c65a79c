import type { Viewer } from '#app/features/accounts/actor.ts'
import { listOwnAttendance, type OwnSession } from '#app/features/attendance/own.server.ts'
import { findOwnGroupQr } from '#app/features/classfile/group-qr.server.ts'
import { type ClassCourse, findClassCourse } from '#app/features/courses/enrol.server.ts'
import { type Item, listOwnItems } from '#app/features/materials/find.server.ts'
import { mayHandIn } from '#app/features/materials/rules.ts'
import { findAcademyChoice } from '#app/features/training/academy-choice.server.ts'
import type { AskBesides } from '#app/features/training/class-page.server.ts'
import { findDeclared } from '#app/features/training/declared.server.ts'
import type { Declared } from '#app/features/training/declared.ts'
import { rulesOf } from '#app/features/training/eligibility.ts'
import { shanghaiDate } from '#app/lib/calendar.ts'

type Besides = {
  course: ClassCourse | null
  hasChosen: boolean
  declared: Declared
  attendance: OwnSession[]
  materials: Item[]
  groupQrId: string | null
}

export const NOTHING: Besides = {
  course: null,
  hasChosen: false,
  declared: {},
  attendance: [],
  materials: [],
  groupQrId: null,
}

/**
 * What other features say on the page of a class, asked at once: of its course, of what the class's rules ask, and of the viewer's
 * own place. Null: nothing, as for most who look at a class; the page then goes to the database once.
 */
export const besidesClass =
  (viewer: Viewer | null, now: Date): AskBesides<Besides> =>
  ({ row, page, requirements }) => {
    const { academyCode } = page
    const { academyId, courseSlug, id: classId } = row
    const own = viewer?.role === 'worker' ? page.own : null
    const isAsked = viewer !== null && rulesOf(page.eligibility).length > 0
    if (courseSlug === null && !isAsked && !own) return null
    const isSending = own && mayHandIn({ ...page, seat: own.seat }, shanghaiDate(now))
    return async (tx) => {
      const [course, chosen, declared, attendance, materials, groupQr] = await Promise.all([
        courseSlug === null ? null : findClassCourse(tx, { courseSlug, academyCode, viewer }),
        courseSlug !== null && viewer ? findAcademyChoice(tx, viewer.accountId) : null,
        isAsked ? findDeclared(tx, viewer) : {},
        // Who has no place in it has not attended it either.
        own && viewer ? listOwnAttendance(tx, { viewer, classId, now }) : [],
        isSending ? listOwnItems(tx, { academyId, enrolmentId: own.enrolmentId, requirements }) : [],
        own?.seat === 'enrolled' && viewer ? findOwnGroupQr(tx, { viewer, academyCode, classId }) : null,
      ])
      const groupQrId = groupQr?.id ?? null
      return { course, hasChosen: chosen !== null, declared, attendance, materials, groupQrId }
    }
  }
