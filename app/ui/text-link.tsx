import { Link, type LinkProps } from '@remix-run/react'

/** A link within text or a table. */
export function TextLink(props: Omit<LinkProps, 'style'>) {
  return <Link {...props} />
}
