import { Link } from './link.tsx'

const MARK = 'M25 7.5H7.5v17H25.5M21.5 11.5l-8.5 1.2v5.3q0 2.5-2 4M13 16h10M18.5 16v6.5'

/** The seal: the only vermilion on a screen. */
export function Mark() {
  return (
    <svg className="mark" viewBox="0 0 32 32" aria-hidden="true">
      <rect width="32" height="32" rx="6" />
      <path d={MARK} />
    </svg>
  )
}

/** Mark and name of the product, leading to where the person starts. */
export function Brand({ to, name }: { to: string; name: string }) {
  return (
    <Link className="brand" to={to}>
      <Mark />
      {name}
    </Link>
  )
}
