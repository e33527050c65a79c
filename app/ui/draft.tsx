import { useEffect, useRef } from 'react'
import { readWritten } from '#app/lib/written.ts'

/**
 * Keeps what is typed into a text area of its form, in this tab, until it stands among `saved`: neither a lost connection
 * nor a session that ran out in between loses a word. Put it into the form; `of` is the field's name, `name` tells this
 * draft from others. Without JavaScript the browser's own way back keeps the text.
 */
export function Draft({ of, name, saved }: { of: string; name: string; saved: readonly string[] }) {
  const here = useRef<HTMLInputElement>(null)
  useEffect(() => {
    const field = here.current?.form?.elements.namedItem(of)
    if (!(field instanceof HTMLTextAreaElement)) return
    const key = `draft ${name}`
    const kept = drafts()?.getItem(key) ?? null
    if (kept !== null && isAmong(saved, kept)) drafts()?.removeItem(key)
    else if (kept !== null && field.value === field.defaultValue && kept !== field.value) {
      field.value = kept
      field.closest('details')?.setAttribute('open', '')
    }
    const keep = () => {
      if (field.value === field.defaultValue || field.value === '') drafts()?.removeItem(key)
      else drafts()?.setItem(key, field.value.slice(0, 20_000))
    }
    field.addEventListener('input', keep)
    return () => field.removeEventListener('input', keep)
  }, [of, name, saved])
  return <input type="hidden" ref={here} />
}

function isAmong(saved: readonly string[], kept: string): boolean {
  const written = readWritten(kept, Number.POSITIVE_INFINITY)
  return !written.ok || saved.includes(written.text)
}

/** A browser may refuse to store anything. */
function drafts(): Storage | null {
  try {
    return window.sessionStorage
  } catch {
    return null
  }
}
