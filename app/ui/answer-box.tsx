import { type ReactNode, useEffect, useRef } from 'react'

/**
 * Around what an act was answered, where that stands above the button that was pressed: on a phone it would be out of sight. Each
 * answer (`of`, as the action gave it) brings the box to the eye and takes the focus.
 */
export function AnswerBox({ of, children }: { of: unknown; children: ReactNode }) {
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (of) box.current?.focus()
  }, [of])
  return (
    <div tabIndex={-1} ref={box}>
      {children}
    </div>
  )
}
