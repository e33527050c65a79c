import { useNavigate } from '@remix-run/react'
import { type AnchorHTMLAttributes, useEffect } from 'react'

export type LinkProps = Omit<AnchorHTMLAttributes<HTMLAnchorElement>, 'href' | 'style'> & {
  /** An address of ours: a path from the root, `?query` or `#part` of this page. */
  to: string
  /** Where the page is scrolled to stays as it is. */
  preventScrollReset?: boolean
  /** The browser loads it: what is no page. */
  reloadDocument?: boolean
}

/**
 * A link to a page of ours: a plain anchor, which {@link LinkNavigation} turns into a navigation without a reload. Remix's
 * own Link does that for each link by itself, at 15 µs a link on the server and more on a phone; a table has 500 of them.
 */
export function Link({ to, preventScrollReset, reloadDocument, ...rest }: LinkProps) {
  return <a href={to} data-link={reloadDocument ? undefined : preventScrollReset ? 'keep' : ''} {...rest} />
}

/** One listener for every {@link Link} of the document. What the browser does itself (a new tab, a part of the page) it keeps doing. */
export function LinkNavigation() {
  const navigate = useNavigate()
  useEffect(() => {
    const onClick = (event: MouseEvent) => {
      const isPlain = event.button === 0 && !(event.metaKey || event.ctrlKey || event.shiftKey || event.altKey)
      if (event.defaultPrevented || !isPlain || !(event.target instanceof Element)) return
      const anchor = event.target.closest<HTMLAnchorElement>('a[data-link]')
      if (!anchor || (anchor.target && anchor.target !== '_self')) return
      const { pathname, search, hash, origin, href } = new URL(anchor.href)
      const isHere = pathname === location.pathname && search === location.search
      if (origin !== location.origin || (isHere && hash !== '')) return
      event.preventDefault()
      navigate(pathname + search + hash, {
        replace: href === location.href,
        preventScrollReset: anchor.dataset.link === 'keep',
      })
    }
    document.addEventListener('click', onClick)
    return () => document.removeEventListener('click', onClick)
  }, [navigate])
  return null
}
