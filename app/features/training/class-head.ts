import { oneLine } from '#app/lib/written.ts'

/** What a form says of a class head. */
export type HeadInput = { headId: string; classHead: string; classHeadPhone: string }

/** `head_unknown`: no account of the academy's that may head a class. */
export type HeadRefusal = 'head_unknown' | 'head_long' | 'head_phone' | 'class_closed'

const LONGEST_NAME = 50
export const PHONE = /^[\d+() -]{5,30}$/

/** Reads it; empty is none. */
export function readHead(
  typed: HeadInput,
): { accountId: string | null; name: string | null; phone: string | null } | { fault: HeadRefusal } {
  const [name, phone] = [oneLine(typed.classHead), typed.classHeadPhone.trim()]
  if ([...name].length > LONGEST_NAME) return { fault: 'head_long' }
  if (phone !== '' && !PHONE.test(phone)) return { fault: 'head_phone' }
  return { accountId: typed.headId || null, name: name || null, phone: phone || null }
}
