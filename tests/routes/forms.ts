import type { World } from '#tests/support/canary.ts'

/**
 * For every route with an action, forms that would do something in the right hands: the walk posts them as everyone else.
 * Keyed by the file of app/routes.ts.
 */
export const actionForms: Record<string, ((world: World) => Record<string, string>)[]> = {
  'auth/preferences.tsx': [() => ({ locale: 'en' })],
}
