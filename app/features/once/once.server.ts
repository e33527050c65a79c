import { createHash } from 'node:crypto'
import { and, eq, sql } from 'drizzle-orm'
import { isId } from '#app/lib/ids.ts'
import { lastWrites, statement, type Tx } from '#db/client.server.ts'
import { answeredForm } from '#db/schema/index.ts'
import { FORM_KEY } from './once.ts'

/** A form as it was sent: its key, and a digest of everything else that it says. */
export type SentForm = { key: string; digest: Buffer }

/** How long an answer is kept for a form that is sent again. */
const KEPT_MS = 3 * 24 * 3_600_000

/**
 * Reads a form's key (once.ts) and what it asks for: `about` is what it is about beyond its fields, such as its address. Null:
 * it has no key, and what it does has to be safe to repeat by itself.
 */
export function readSentForm(form: FormData, about: string): SentForm | null {
  const key = form.get(FORM_KEY)
  if (typeof key !== 'string' || !isId(key)) return null
  const fields = [...form].filter(([name, value]) => name !== FORM_KEY && typeof value === 'string')
  const digest = createHash('sha256')
    .update(JSON.stringify([about, ...fields]))
    .digest()
  return { key, digest }
}

/**
 * Does `work` once for a form, however often it is sent: its answer is kept in the transaction of what it did, and whoever
 * sends the form again, at the same time or days later, gets that answer. Runs as the viewer (`tx`); `work` may go on within
 * a system purpose. The same key with another body is refused.
 * @param early a refusal that can be seen without doing anything (a full class): it is answered and not kept.
 * @param look what `work` has to know, locks included: asked in the flush in which the key is taken, so that it writes nothing.
 * @returns what `work` returned, as JSON holds it: no dates in it.
 */
export async function once<A, L = undefined>(
  tx: Tx,
  of: { accountId: string; sent: SentForm | null; now: Date },
  { early, look, work }: Steps<A, L>,
): Promise<A | { ok: false; reason: 'form_reused' }> {
  const { accountId, sent, now } = of
  const [before, refusal] = await Promise.all([sent && findAnswer(tx, accountId, sent), early?.()])
  if (before) return before as Kept<A>
  if (refusal !== undefined) return refusal
  const [isFirst, looked] = await Promise.all([sent && claim(tx, accountId, sent, now), look?.()])
  if (isFirst === false) return (await findAnswer(tx, accountId, sent!)) as Kept<A>
  const answer = await work(looked as L)
  if (sent) lastWrites(tx, keepAnswer(tx, { accountId, key: sent.key, answer: JSON.stringify({ answer }) }))
  return answer
}

type Steps<A, L> = {
  early?: () => Promise<A | undefined>
  look?: () => Promise<L>
  work: (looked: L) => Promise<A>
}

type Kept<A> = A | { ok: false; reason: 'form_reused' }

const isThis = and(
  eq(answeredForm.accountId, sql.placeholder('accountId')),
  eq(answeredForm.key, sql.placeholder('key')),
)
const answered = statement((db) =>
  db.select({ digest: answeredForm.digest, answer: answeredForm.answer }).from(answeredForm).where(isThis),
)
const take = statement((db) => {
  const { accountId, at } = answeredForm
  const [of, now] = [sql.placeholder('accountId'), sql.placeholder('at')]
  const isOld = sql`${at} < ${sql.placeholder('until')}::timestamptz`
  const forgotten = db.$with('forgotten').as(
    db
      .delete(answeredForm)
      .where(and(eq(accountId, of), isOld))
      .returning({ at }),
  )
  return db
    .with(forgotten)
    .insert(answeredForm)
    .values({ accountId: of, key: sql.placeholder('key'), digest: sql.placeholder('digest'), at: now })
    .onConflictDoNothing()
    .returning({ key: answeredForm.key })
})
const keepAnswer = statement((db) =>
  db
    .update(answeredForm)
    .set({ answer: sql`${sql.placeholder('answer')}::jsonb` })
    .where(isThis),
)

async function findAnswer(tx: Tx, accountId: string, { key, digest }: SentForm): Promise<unknown> {
  const [row] = await answered(tx, { accountId, key })
  if (!row) return null
  if (!row.digest.equals(digest)) return { ok: false, reason: 'form_reused' }
  return (row.answer as { answer: unknown }).answer
}

/**
 * Takes the key, and forgets the account's old ones; whoever comes at the same time waits here for the first one's answer. False:
 * it is taken.
 */
async function claim(tx: Tx, accountId: string, { key, digest }: SentForm, at: Date): Promise<boolean> {
  const until = new Date(at.getTime() - KEPT_MS).toISOString()
  return (await take(tx, { accountId, key, digest, at, until })).length > 0
}
