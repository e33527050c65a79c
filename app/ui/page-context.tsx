import { createContext, type ReactNode, useContext } from 'react'
import { DEFAULT_PREFERENCES, type Preferences } from '#app/lib/preferences.ts'

/**
 * What the document knows before any loader has answered, so that an error page has a language and a request number
 * too. The server fills it from the request, the browser from the attributes of `<html>` (entry.client).
 */
export interface PageInfo {
  /** Server only: browsers hide a nonce once it has been used. */
  nonce: string | undefined
  preferences: Preferences
  /** Number of the request whose answer is on screen; empty when unknown. */
  requestId: () => string
  /** HTML that stands in the document and not in the data (finished-html.tsx). */
  finished: (id: string) => string
}

const PageContext = createContext<PageInfo>({
  nonce: undefined,
  preferences: DEFAULT_PREFERENCES,
  requestId: () => '',
  finished: () => '',
})

export function PageProvider({ page, children }: { page: PageInfo; children: ReactNode }) {
  return <PageContext.Provider value={page}>{children}</PageContext.Provider>
}

export function usePage(): PageInfo {
  return useContext(PageContext)
}
