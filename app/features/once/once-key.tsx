import { FORM_KEY } from './once.ts'

/** Marks a form, so that sending it twice does it once (once.server.ts). `of`: the key that the page's loader made. */
export function OnceKey({ of }: { of: string }) {
  return <input type="hidden" name={FORM_KEY} value={of} />
}
