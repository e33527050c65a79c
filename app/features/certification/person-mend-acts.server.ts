import type { Viewer } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { type DocumentMendRefusal, mendDocument } from '#app/features/persons/mend.server.ts'
import { mendName, type NameMendRefusal } from '#app/features/training/mend-name.server.ts'
import { formText } from '#app/lib/form-rows.ts'
import { type LicenceMend, mendLicences } from './licences.server.ts'

export type PersonMendAnswer =
  | { ok: true; done: 'document' | 'name' | 'licences' | 'already' }
  | { ok: false; intent: 'document'; refusal: DocumentMendRefusal }
  | { ok: false; intent: 'name'; refusal: NameMendRefusal }
  | { ok: false; intent: 'licences'; refusal: Extract<LicenceMend, { ok: false }> }

/** Does what a form of the person's page asks for, after the guard `persons.mend`. Null: no such person or form. */
export async function actOnPerson(
  viewer: Viewer,
  { personId, form, now, requestId }: { personId: string; form: FormData; now: Date; requestId?: string },
): Promise<PersonMendAnswer | null> {
  const shared = { personId, was: formText(form, 'was'), reason: formText(form, 'reason'), now, requestId }
  switch (formText(form, 'intent')) {
    case 'document': {
      const [type, number] = [formText(form, 'documentType'), formText(form, 'documentNumber')]
      const answer = await as(viewer, (tx) => mendDocument(tx, { ...shared, by: viewer, type, number }))
      if (!answer) return null
      if (!answer.ok) return { ok: false, intent: 'document', refusal: answer }
      return { ok: true, done: answer.isNew ? 'document' : 'already' }
    }
    case 'name': {
      const answer = await as(viewer, (tx) => mendName(tx, { ...shared, viewer, name: formText(form, 'name') }))
      if (!answer) return null
      if (!answer.ok) return { ok: false, intent: 'name', refusal: answer }
      return { ok: true, done: answer.changed > 0 ? 'name' : 'already' }
    }
    case 'licences': {
      const answer = await as(viewer, (tx) => mendLicences(tx, { ...shared, viewer }))
      if (!answer.ok) return { ok: false, intent: 'licences', refusal: answer }
      return { ok: true, done: answer.mended > 0 ? 'licences' : 'already' }
    }
    default:
      return null
  }
}
