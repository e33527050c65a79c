import { type ActionFunctionArgs, redirect } from '@remix-run/node'
import { blankDeviceKey } from '#app/features/accounts/device-key.server.ts'
import { blankCookie } from '#app/features/accounts/lucia.server.ts'
import { originOf } from '#app/features/accounts/origin.ts'
import { signOut } from '#app/features/accounts/sign-in.server.ts'

/** Nothing to see here, and a link or a picture must not sign anyone out. */
export function loader() {
  return redirect('/')
}

/** Ends the session, takes away what opens things kept on the device, and goes home; the same for who was not signed in. POST only. */
export async function action(args: ActionFunctionArgs) {
  const from = originOf(args)
  await signOut({ viewer: args.context.viewer, now: new Date(), from })
  const headers = new Headers()
  for (const blank of [blankCookie(from.isSecure), blankDeviceKey(from)]) headers.append('Set-Cookie', blank)
  return redirect('/', { status: 303, headers })
}
