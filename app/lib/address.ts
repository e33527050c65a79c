/**
 * The address that a path is answered as, however it is written: pages are found whatever the case, slashes at the end,
 * escapes and dots on the way (`/x/../learn`), and their data with `.data` behind them. What the server decides by an address
 * before a page is asked overlooks the same. `path`: as requested, without its query, one that decodes.
 */
export function plainAddress(path: string): string {
  const { pathname } = new URL(path, 'http://site.invalid')
  const segments = pathname.replace(/\.data$/, '').split('/')
  const plain = segments.map((segment) => decodeURIComponent(segment).replaceAll('/', '%2F')).join('/')
  return plain.replace(/\/+$/, '').toLowerCase() || '/'
}
