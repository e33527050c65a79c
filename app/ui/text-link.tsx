import { Link, type LinkProps } from './link.tsx'

/** A link within text or a table. */
export function TextLink(props: LinkProps) {
  return <Link {...props} />
}
