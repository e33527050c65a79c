import { z } from 'zod'

/** How an account wants to be told beside the app. */
export type Choice = { bySms: boolean; byMail: boolean; address: string | null }

export type ChoiceError = 'address_missing' | 'address_form'

const text = z.string().max(254).catch('')
const fault = (message: ChoiceError) => ({ code: 'custom' as const, path: ['address'], message })

/** The form: an unticked box is not sent at all. */
export const choiceForm = z
  .object({ sms: text.optional(), mail: text.optional(), address: text })
  .transform(({ sms, mail, address: typed }, issues): Choice => {
    const address = typed.trim()
    if (address === '' && mail) issues.addIssue(fault('address_missing'))
    if (address !== '' && !z.email().safeParse(address).success) issues.addIssue(fault('address_form'))
    return { bySms: Boolean(sms), byMail: Boolean(mail), address: address || null }
  })
