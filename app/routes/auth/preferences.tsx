import { type ActionFunctionArgs, redirect } from '@remix-run/node'
import { safeRedirectPath } from '#app/lib/http.ts'
import { parsePreferences, serialisePreferences, withPreferences } from '#app/lib/preferences.ts'

/** Nothing to see here: whoever opens the address goes home. */
export function loader() {
  return redirect('/')
}

/**
 * Keeps language, theme or large type in a cookie and leads back to the page that asked. Open to everyone; fields that
 * are missing or unknown change nothing.
 */
export async function action({ request }: ActionFunctionArgs) {
  const form = await request.formData()
  const chosen = withPreferences(parsePreferences(request.headers.get('Cookie')), Object.fromEntries(form))
  const isSecure = new URL(request.url).protocol === 'https:'
  return redirect(safeRedirectPath(form.get('returnTo')), {
    headers: { 'Set-Cookie': serialisePreferences(chosen, { isSecure }) },
  })
}
