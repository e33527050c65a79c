import { system, type Viewer } from '#app/features/accounts/actor.ts'
import { within } from '#app/features/accounts/as.server.ts'
import { checkDocument, normalisePhone } from '#app/features/persons/documents.ts'
import { isName, normaliseName } from '#app/features/persons/names.ts'
import { type CheckedDocument, findOrMakePerson } from '#app/features/persons/persons.server.ts'
import { indexOf, seal } from '#app/features/persons/vault.server.ts'
import { shanghaiDate } from '#app/lib/calendar.ts'
import { newId } from '#app/lib/ids.ts'
import type { Tx } from '#db/client.server.ts'
import { DOCUMENT_TYPES, type Seat } from '#db/values.ts'
import { atDesk, type DeskAsk } from './desk-seats.server.ts'
import { findObstacles } from './obstacles.server.ts'
import { holdPlace } from './places.server.ts'
import type { RollEntry } from './roll.ts'
import type { HeldClass } from './seat-class.server.ts'
import { move } from './seat-machine.ts'
import { endOf } from './seat-rules.ts'
import { writeSeat } from './seat-write.server.ts'
import { roomIn } from './settle.server.ts'

/** Somebody on the phone or at the counter, as the academy writes it down. */
export type Entered = { name: string; documentType: string; documentNumber: string; phone: string }

/** `clash`: the worker sits somewhere at that time; where, an academy is not told. */
export type EnterRefusal = 'form_reused' | 'class_closed' | 'name' | 'document' | 'phone' | 'full' | 'clash' | 'ended'
export type EnterAnswer =
  | { ok: true; isNew: boolean; seat: Seat; enrolmentId: string }
  | { ok: false; reason: EnterRefusal }

/**
 * The academy enters a worker who calls or comes in person: a seat, or a place in line where none is free. It is the academy's
 * own decision, so that it needs no approval and asks for nothing that the class asks of workers. Whether the person was known does
 * not show. Null: no such class, or one without seats of its own.
 */
export async function enterWorker(
  viewer: Viewer,
  { entered, ...ask }: DeskAsk & { entered: Entered },
): Promise<EnterAnswer | null> {
  const name = normaliseName(entered.name)
  if (!isName(name)) return { ok: false, reason: 'name' }
  const type = DOCUMENT_TYPES.find((known) => known === entered.documentType)
  const checked = type && checkDocument(type, entered.documentNumber, shanghaiDate(ask.now))
  if (!type || !checked?.ok) return { ok: false, reason: 'document' }
  const phone = entered.phone.trim() === '' ? null : normalisePhone(entered.phone)
  if (phone === null && entered.phone.trim() !== '') return { ok: false, reason: 'phone' }
  const document = { type, number: checked.number, birthDate: checked.birthDate }
  return atDesk(viewer, { ...ask, voice: 'academy' }, (tx, held) => enter(tx, held, { name, document, phone }))
}

/** What became of one line of a list, which is its place in the list. */
export type EnteredLine = { at: number; answer: EnterAnswer }

/**
 * The same for a list of workers, in its order: the last seat goes to the first of them, and who cannot be taken keeps nobody else
 * from it. Null as in {@link enterWorker}.
 */
export const enterWorkers = (
  viewer: Viewer,
  { entries, ...ask }: DeskAsk & { entries: readonly RollEntry[] },
): Promise<{ ok: true; lines: EnteredLine[] } | { ok: false; reason: 'form_reused' | 'class_closed' } | null> =>
  atDesk(viewer, { ...ask, voice: 'academy' }, async (tx, held) => {
    const lines: EnteredLine[] = []
    for (const [at, entry] of entries.entries()) lines.push({ at, answer: await enter(tx, held, entry) })
    return { ok: true, lines } as const
  })

async function enter(
  tx: Tx,
  held: HeldClass,
  { name, document, phone }: { name: string; document: CheckedDocument; phone: string | null },
): Promise<EnterAnswer> {
  const { facts, academyCode, now } = held
  if (facts.status !== 'published' || now >= endOf(facts)) return { ok: false, reason: 'ended' }
  const { id: personId } = await within(tx, system('register'), () => findOrMakePerson(tx, document, now))
  const of = { academyCode, classId: facts.id, personId, accountId: null }
  const [place, { clash }] = await Promise.all([holdPlace(tx, of), findObstacles(tx, of)])
  const event = { is: 'enter', room: await roomIn(tx, held) } as const
  const moved = move(place, event)
  if (!moved.ok) return { ok: false, reason: 'full' }
  if (moved.isNew && clash) return { ok: false, reason: 'clash' }
  const id = place?.id ?? newId()
  if (moved.isNew) {
    const sealed = phone && { phoneSealed: seal('enrolment.phone', id, phone), phoneIndex: indexOf('phone', phone) }
    const given = place ? null : { name, ...sealed }
    await writeSeat(tx, held, {
      place,
      id,
      personId,
      accountId: place?.accountId ?? null,
      event: event.is,
      moved,
      given,
    })
  }
  return { ok: true, isNew: moved.isNew, seat: moved.seat, enrolmentId: id }
}
