import { z } from 'zod'
import { ATTENDANCE_MARKS } from '#db/values.ts'
import { MOST_SENT, type SentMark } from './sent.ts'

const instant = z.int().min(0).max(8_640_000_000_000)
const mark = z.discriminatedUnion('kind', [
  z.strictObject({
    ...{ id: z.uuid(), at: instant, kind: z.literal('scan') },
    ...{ code: z.string().max(100), act: z.enum(['in', 'out']) },
  }),
  z.strictObject({
    ...{ id: z.uuid(), at: instant, kind: z.literal('hand'), enrolmentId: z.uuid() },
    ...{ mark: z.enum(ATTENDANCE_MARKS).nullable(), in: instant.nullable(), out: instant.nullable() },
    reason: z.string().max(1000),
  }),
])
const sending = z.strictObject({ account: z.uuid(), marks: z.array(mark).min(1).max(MOST_SENT) })

/** A sending: whose marks they are, by the account that made them. */
export type Sending = { account: string; marks: SentMark[] }

/** Reads a sending of a page; null for what no page of ours sends, the same id twice among it. */
export function readSending(form: { get(name: string): unknown }): Sending | null {
  const written = form.get('marks')
  try {
    const marks: unknown = typeof written === 'string' ? JSON.parse(written) : null
    const read = sending.safeParse({ account: form.get('account'), marks })
    const isWhole = read.success && new Set(read.data.marks.map(({ id }) => id)).size === read.data.marks.length
    return isWhole ? read.data : null
  } catch {
    return null
  }
}
