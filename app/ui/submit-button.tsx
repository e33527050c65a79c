import { useNavigation } from '@remix-run/react'
import { useEffect, useRef } from 'react'
import { type ButtonProps, buttonClass } from './button.tsx'
import { Icon } from './icon.tsx'
import { useWords } from './locale.tsx'
import { words } from './words.ts'

/** A double click is over by then, and the navigation, if there is one, has disabled the button. */
const DOUBLE_CLICK_MS = 600
/** The browser itself sends the form, without a navigation to watch; an answer that is a file never leaves the page. */
const NATIVE_POST_MS = 5000

/**
 * The submit button of a form that posts. While any form of the page is on its way it is disabled, and a second submit
 * of the same form is stopped at once, before React has drawn: a double click posts once. For a fetcher's form pass
 * `isBusy={fetcher.state !== 'idle'}`.
 */
export function SubmitButton({
  kind = 'main',
  icon,
  isWide,
  isTall,
  isBusy = false,
  disabled,
  children,
  className,
  ...rest
}: ButtonProps & { isBusy?: boolean }) {
  const w = useWords(words)
  const navigation = useNavigation()
  const isPosting = isBusy || (navigation.state !== 'idle' && navigation.formMethod !== undefined)
  const button = useRef<HTMLButtonElement>(null)
  const isSent = useRef(false)

  useEffect(() => {
    if (!isPosting) isSent.current = false
  }, [isPosting])

  useEffect(() => {
    const form = button.current?.form
    if (!form) return
    const release = () => {
      isSent.current = false
    }
    const stopSecond = (event: SubmitEvent) => {
      // Buttons that change the form's rows skip its validation; they may be clicked as fast as one likes.
      if (event.submitter instanceof HTMLButtonElement && event.submitter.formNoValidate) return
      if (isSent.current) {
        event.preventDefault()
        event.stopPropagation()
        return
      }
      isSent.current = true
      setTimeout(() => setTimeout(release, event.defaultPrevented ? DOUBLE_CLICK_MS : NATIVE_POST_MS))
    }
    form.addEventListener('submit', stopSecond, true)
    form.addEventListener('input', release) // Whoever types in between does not double-click.
    window.addEventListener('pageshow', release)
    return () => {
      form.removeEventListener('submit', stopSecond, true)
      form.removeEventListener('input', release)
      window.removeEventListener('pageshow', release)
    }
  }, [])

  return (
    <button
      type="submit"
      ref={button}
      className={buttonClass({ kind, isWide, isTall }, className)}
      disabled={disabled || isPosting}
      {...rest}
    >
      {icon && <Icon name={icon} />}
      {children}
      {isPosting && <span className="vh">{w.sending}</span>}
    </button>
  )
}
