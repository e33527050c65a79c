import type { Locale } from '#app/lib/i18n.ts'
import type { TopBar } from '#app/ui/shell.tsx'

/**
 * What a route may say about the shell around it: `export const handle: ShellHandle = { … }`. Only phone pages need it.
 */
export interface ShellHandle {
  /** Lists that gain from a wide screen. */
  isWide?: boolean
  /** False where an ActionBar takes the place of the tabs. */
  hasTabs?: boolean
  /** A way back instead of the brand: gets what the route's loader returned (undefined after an error). */
  top?: (page: { data: unknown; params: Record<string, string | undefined>; locale: Locale }) => TopBar
}

/** Reads a match's handle; a route without one says nothing. */
export function readHandle(handle: unknown): ShellHandle {
  return typeof handle === 'object' && handle !== null ? handle : {}
}
