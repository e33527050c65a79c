import { useEffect, useRef, useState } from 'react'

/** Ticks or unticks all boxes `name` of the form that it stands in. Without a script it is not there: the boxes are. */
export function ChooseAll({ name, label }: { name: string; label: string }) {
  const ref = useRef<HTMLInputElement>(null)
  const [isThere, setIsThere] = useState(false)
  useEffect(() => setIsThere(true), [])
  const tick = () => {
    const boxes = ref.current?.form?.querySelectorAll<HTMLInputElement>(`input[type=checkbox][name="${name}"]`) ?? []
    for (const box of boxes) box.checked = ref.current?.checked ?? false
  }
  if (!isThere) return null
  return (
    <label className="tick">
      <input ref={ref} type="checkbox" onChange={tick} />
      {label}
    </label>
  )
}
