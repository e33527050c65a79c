import { useEffect } from 'react'
import { type Filled, followingDeadlines } from './copy-class.ts'

/**
 * While the first day of a copied class is typed by hand, its deadlines go along, but for those that were typed as well: what
 * was changed by hand stays.
 * @param props.fields how the form is filled in at first.
 */
export function DeadlinesFollow({ formId, fields }: { formId: string; fields: Filled }) {
  useEffect(() => {
    let before = followingDeadlines(fields, String(fields.startsOn))
    const follow = ({ target }: Event) => {
      if (!(target instanceof HTMLInputElement) || target.name !== 'startsOn' || target.form?.id !== formId) return
      const after = followingDeadlines(fields, target.value)
      for (const [name, value] of Object.entries(after)) {
        const input = target.form.elements.namedItem(name)
        if (!(input instanceof HTMLInputElement) || input.value !== before[name]) continue
        input.value = value
        // The form's own checks hear of it as if it had been typed.
        input.dispatchEvent(new Event('input', { bubbles: true }))
        before = { ...before, [name]: value }
      }
    }
    document.addEventListener('input', follow)
    return () => document.removeEventListener('input', follow)
  }, [formId, fields])
  return null
}
