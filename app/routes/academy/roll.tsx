import type { HeadersFunction, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { RollPage } from '#app/features/attendance/roll.tsx'
import { rollWords } from '#app/features/attendance/roll-words.ts'
import type { ShellHandle } from '../shell/handle.ts'
import { pageTitle } from '../shell/title.ts'

export const handle: ShellHandle = {
  hasTabs: false,
  top: ({ params, locale }) => ({
    back: `/academies/${params.academy}/manage/today`,
    title: rollWords[locale].title,
  }),
}

export const meta: MetaFunction = (args) => [
  ...pageTitle(args, rollWords, (w) => w.title),
  { name: 'robots', content: 'noindex' },
]

/** The one page that may use the camera: the instructor scans workers' codes with it. */
export const headers: HeadersFunction = () => ({
  'Permissions-Policy': 'camera=(self), microphone=(), geolocation=(), payment=(), usb=()',
})

/**
 * Open to everyone, since it holds nothing: a phone keeps it, to open it without a network, and it asks for the roll by
 * itself (api/session-roll.ts, which is guarded).
 */
export function loader({ params }: LoaderFunctionArgs) {
  return { academyCode: params.academy ?? '' }
}

export default function Roll() {
  const { academyCode } = useLoaderData<typeof loader>()
  return <RollPage academyCode={academyCode} />
}
