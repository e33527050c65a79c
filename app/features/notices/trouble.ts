export type TroubleAct = 'retry' | 'give_up'

/** What was just done, and to how many: it comes back in the address, so that reloading shows and repeats nothing. */
export type TroubleDone = { act: TroubleAct; messages: number }

/** The form's `intent`; null: none that is known. */
export function readTroubleAct(form: FormData): TroubleAct | null {
  const intent = form.get('intent')
  return intent === 'retry' || intent === 'give_up' ? intent : null
}

export function readTroubleDone(search: URLSearchParams): TroubleDone | null {
  for (const act of ['retry', 'give_up'] as const) {
    const messages = Number.parseInt(search.get(act) ?? '', 10)
    if (messages >= 0) return { act, messages }
  }
  return null
}
