import { eq } from 'drizzle-orm'
import type { Viewer } from '#app/features/accounts/actor.ts'
import { record } from '#app/features/audit/audit.server.ts'
import { maskPhone } from '#app/features/persons/masking.ts'
import { open, seal } from '#app/features/persons/vault.server.ts'
import type { QuietHours } from '#app/lib/channel-settings.server.ts'
import type { Locale } from '#app/lib/i18n.ts'
import { runtime } from '#app/lib/runtime.server.ts'
import type { Tx } from '#db/client.server.ts'
import { account, noticeChoice } from '#db/schema/index.ts'
import type { Channel } from '#db/values.ts'
import { channelsOn } from './channels.server.ts'
import type { Choice } from './choice.ts'

/** What the page shows of an account's own choice: the phone masked, the address whole. */
export type OwnChoice = Choice & { phone: string | null; on: Channel[]; quiet: QuietHours | null }

/** The viewer's own; who never chose gets SMS, and mail once there is an address. */
export async function findOwnChoice(tx: Tx, { accountId }: Viewer): Promise<OwnChoice> {
  const [row] = await tx
    .select({ phoneSealed: account.phoneSealed, choice: noticeChoice })
    .from(account)
    .leftJoin(noticeChoice, eq(noticeChoice.accountId, account.id))
    .where(eq(account.id, accountId))
  const phone = row?.phoneSealed && maskPhone(open('account.phone', accountId, row.phoneSealed))
  const choice = row?.choice
  return {
    bySms: choice?.bySms ?? true,
    byMail: choice?.byMail ?? true,
    address: choice?.mailSealed ? open('notice_choice.mail', accountId, choice.mailSealed) : null,
    phone: phone ?? null,
    on: channelsOn(),
    quiet: runtime().env.quiet,
  }
}

/**
 * What a page may promise the viewer: `sms` only where one can and may be sent to the account, else `app`, which always
 * tells. Words that say how somebody will be told have a text for each.
 */
export async function findPromisedWay(tx: Tx, viewer: Viewer): Promise<'sms' | 'app'> {
  if (!channelsOn().includes('sms')) return 'app'
  const [row] = await tx
    .select({ phoneSealed: account.phoneSealed, bySms: noticeChoice.bySms })
    .from(account)
    .leftJoin(noticeChoice, eq(noticeChoice.accountId, account.id))
    .where(eq(account.id, viewer.accountId))
  return row?.phoneSealed && row.bySms !== false ? 'sms' : 'app'
}

/**
 * Keeps the viewer's choice. A channel that the installation lacks stands as it stood: who cannot see a box has not
 * unticked it.
 */
export async function chooseNotices(
  tx: Tx,
  input: { viewer: Viewer; choice: Choice; locale: Locale; now: Date; requestId?: string },
): Promise<void> {
  const { viewer, choice, locale, now } = input
  const { accountId } = viewer
  const before = await findOwnChoice(tx, viewer)
  const bySms = before.on.includes('sms') && before.phone ? choice.bySms : before.bySms
  const address = before.on.includes('mail') ? choice.address : before.address
  const byMail = (before.on.includes('mail') ? choice.byMail : before.byMail) && address !== null
  const mailSealed = address === null ? null : seal('notice_choice.mail', accountId, address)
  const values = { bySms, byMail, mailSealed, locale, chosenAt: now }
  await tx
    .insert(noticeChoice)
    .values({ accountId, ...values })
    .onConflictDoUpdate({ target: noticeChoice.accountId, set: values })
  await record(tx, {
    by: viewer,
    now,
    kind: 'notices.chosen',
    detail: { sms: bySms, mail: byMail },
    subjectId: accountId,
    requestId: input.requestId,
  })
}
