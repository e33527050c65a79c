import type { Viewer } from '#app/features/accounts/actor.ts'
import { readSentForm } from '#app/features/once/once.server.ts'
import { shanghaiDate } from '#app/lib/calendar.ts'
import { formLongText, formText } from '#app/lib/form-rows.ts'
import { isId } from '#app/lib/ids.ts'
import { asksAgain, readDeclared, type TypedDeclared, typedDeclared } from './declared.ts'
import type { EligibilityRule } from './eligibility.ts'
import { enrolGroup } from './group.server.ts'
import type { Came, GroupAnswer } from './group-command.server.ts'
import { acceptGroup, withdrawGroup } from './group-places.server.ts'
import { addToRoll, takeOffRoll } from './roll.server.ts'
import { type RollRead, readRoll } from './roll.ts'

/** What could not be taken of a pasted list, and why. */
export type RollLeft = Pick<RollRead, 'faults' | 'rest'>

export type GroupActAnswer =
  | { ok: true; changed: number; came?: Came }
  | {
      ok: false
      changed: number
      came?: Came
      left: GroupAnswer['left']
      roll: RollLeft | null
      reason: 'none_chosen' | 'form_reused' | null
      /** What was declared of the group, as it was typed, and what of it has to be declared again. */
      declared?: TypedDeclared
      /** Who was chosen from the roll. */
      chosen?: readonly string[]
      missing?: readonly EligibilityRule[]
    }

type Request = { form: FormData; now: Date; requestId?: string }

const chosenOf = (form: FormData): string[] =>
  form.getAll('chosen').filter((one): one is string => typeof one === 'string' && isId(one))

/**
 * Enrols or withdraws workers of the union, or takes the seats offered to them, after the guard `group.enrol`. Lines of a paste that cannot be read are told; all
 * others are done. Null: no such class for the public.
 */
export async function actOnGroup(
  viewer: Viewer,
  { form, academyCode, classId, ...by }: Request & { academyCode: string; classId: string },
): Promise<GroupActAnswer | null> {
  const ask = { ...by, academyCode, classId, sent: readSentForm(form, classId) }
  const intent = formText(form, 'intent')
  if (intent === 'withdraw' || intent === 'accept') {
    const places = chosenOf(form).map((id) => ({ id, name: formText(form, `name.${id}`) }))
    if (places.length === 0) return refused('none_chosen')
    const answer = await (intent === 'withdraw' ? withdrawGroup : acceptGroup)(viewer, { ...ask, places })
    return answer && told(answer, null)
  }
  if (intent !== 'enrol') return null
  const { entries, faults, rest } = readRoll(formLongText(form, 'pasted'), shanghaiDate(by.now))
  const roll = faults.length > 0 ? { faults, rest } : null
  const ids = chosenOf(form)
  const declared = readDeclared(form)
  const answer = await enrolGroup(viewer, { ...ask, ids, entries, declared })
  if (!answer) return null
  const said = ids.length + entries.length === 0 && !roll ? refused('none_chosen') : told(answer, roll)
  return said.ok ? said : { ...said, chosen: ids, declared: typedDeclared(form), missing: asksAgain(declared) }
}

const refused = (reason: 'none_chosen' | 'form_reused'): GroupActAnswer => ({
  ...{ ok: false, changed: 0, left: [], roll: null, reason },
})

function told(answer: GroupAnswer | { ok: false; reason: 'form_reused' }, roll: RollLeft | null): GroupActAnswer {
  if (!answer.ok) return refused('form_reused')
  const { changed, came, left } = answer
  return left.length === 0 && !roll
    ? { ok: true, changed, came }
    : { ok: false, changed, came, left, roll, reason: null }
}

export type RollActAnswer =
  | { ok: true; did: 'added' | 'removed'; count: number }
  | { ok: false; added: number; roll: RollLeft | null }

/** Puts pasted workers on the roll, or takes those chosen off it, after the guard `group.enrol`. Null: the viewer has no enterprise. */
export async function actOnRoll(viewer: Viewer, { form, ...by }: Request): Promise<RollActAnswer | null> {
  switch (formText(form, 'intent')) {
    case 'add': {
      const { entries, faults, rest } = readRoll(formLongText(form, 'pasted'), shanghaiDate(by.now))
      const done = await addToRoll(viewer, { ...by, entries })
      if (!done) return null
      if (faults.length > 0) return { ok: false, added: done.added, roll: { faults, rest } }
      return entries.length === 0 ? { ok: false, added: 0, roll: null } : { ok: true, did: 'added', count: done.added }
    }
    case 'remove': {
      const done = await takeOffRoll(viewer, { ...by, ids: chosenOf(form) })
      return done && { ok: true, did: 'removed', count: done.removed }
    }
    default:
      return null
  }
}
