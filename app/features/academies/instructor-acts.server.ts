import type { Viewer } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { formText } from '#app/lib/form-rows.ts'
import { isId } from '#app/lib/ids.ts'
import type { InstructorAnswer, InstructorRequest } from './instructor-held.server.ts'
import { addQualification, addTitle, extendQualification, removeProof } from './instructor-proofs.server.ts'
import { INSTRUCTOR_INTENTS, type InstructorIntent } from './instructor-view.ts'
import { changeInstructor } from './instructors.server.ts'

/** Does what a form on an instructor's page asks for, after the guard `instructors.keep`. Null: nothing of the viewer's. */
export async function actOnInstructor(
  viewer: Viewer,
  asked: Omit<InstructorRequest, 'by'> & { instructorId: string },
): Promise<{ intent: InstructorIntent; answer: InstructorAnswer } | null> {
  const request = { ...asked, by: viewer }
  const intent = INSTRUCTOR_INTENTS.find((one) => one === formText(request.form, 'intent'))
  const id = formText(request.form, 'id')
  if (!intent || !isId(request.instructorId)) return null
  const answer = await as(viewer, async (tx) => {
    switch (intent) {
      case 'change':
        return changeInstructor(tx, request)
      case 'add_title':
        return addTitle(tx, request)
      case 'add_qualification':
        return addQualification(tx, request)
      case 'extend':
        return isId(id) ? extendQualification(tx, { ...request, id }) : null
      case 'remove_title':
        return isId(id) ? removeProof(tx, { ...request, what: 'title', id }) : null
      case 'remove_qualification':
        return isId(id) ? removeProof(tx, { ...request, what: 'qualification', id }) : null
    }
  })
  return answer && { intent, answer }
}
