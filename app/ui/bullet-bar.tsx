export interface BulletBarProps {
  value: number
  /** Where the mark stands; none when there is nothing to reach. */
  target?: number
  /** Right end of the bar. By default one and a half times the target, or the value where that is larger. */
  max?: number
  /** The same in words, with units: 1,842人，目标2,000人. */
  label: string
}

/** A value against its target mark. Geometry is in attributes, colour in classes: the policy forbids inline styles. */
export function BulletBar({ value, target, max, label }: BulletBarProps) {
  const end = max ?? Math.max(value, target === undefined ? value : target * 1.5)
  return (
    <svg className="bullet" viewBox="0 0 100 8" preserveAspectRatio="none" role="img" aria-label={label}>
      <rect className="bullet-track" width="100" height="8" />
      <rect className="bullet-value" y="2" width={share(value, end)} height="4" />
      {target !== undefined && (
        <path className="bullet-goal" d={`M${share(target, end)} 0v8`} vectorEffect="non-scaling-stroke" />
      )}
    </svg>
  )
}

/** `part` of `whole` in percent with two decimals, between 0 and 100; nonsense (NaN, a whole of 0) is 0. */
export function share(part: number, whole: number): number {
  const percent = (part / whole) * 100
  if (Number.isNaN(percent)) return 0
  return Math.round(Math.min(Math.max(percent, 0), 100) * 100) / 100
}
