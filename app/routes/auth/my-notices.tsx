import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { as } from '#app/features/accounts/as.server.ts'
import { requireViewer } from '#app/features/accounts/guard.server.ts'
import { chooseNotices, findOwnChoice } from '#app/features/notices/choice.server.ts'
import { type ChoiceError, choiceForm } from '#app/features/notices/choice.ts'
import { NoticeChoiceForm } from '#app/features/notices/choice-form.tsx'
import { choiceWords as words } from '#app/features/notices/choice-words.ts'
import { words as dateWords } from '#app/lib/date-words.ts'
import { redirectTo } from '#app/lib/http.ts'
import { parsePreferences } from '#app/lib/preferences.ts'
import { Callout } from '#app/ui/callout.tsx'
import { Card } from '#app/ui/card.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { PageHead } from '#app/ui/page-head.tsx'
import type { ShellHandle } from '../shell/handle.ts'
import { pageTitle } from '../shell/title.ts'

export const handle: ShellHandle = { top: ({ locale }) => ({ back: '/me', title: words[locale].title }) }

export const meta: MetaFunction = (args) => pageTitle(args, words, (w) => w.title)

/** How one's own account is told beside the app. */
export async function loader(args: LoaderFunctionArgs) {
  const viewer = requireViewer(args, 'account.own')
  const choice = await as(viewer, (tx) => findOwnChoice(tx, viewer))
  return { choice, isSaved: new URL(args.request.url).searchParams.has('saved') }
}

/** 422: what was typed is no address. */
export async function action(args: ActionFunctionArgs) {
  const viewer = requireViewer(args, 'account.own')
  const form = Object.fromEntries(await args.request.formData())
  const read = choiceForm.safeParse(form)
  if (!read.success) {
    const error = read.error.issues[0]?.message as ChoiceError
    const typed = { bySms: 'sms' in form, byMail: 'mail' in form, address: String(form.address ?? '').slice(0, 254) }
    return data({ error, typed }, { status: 422 })
  }
  const { locale } = parsePreferences(args.request.headers.get('Cookie'))
  const { requestId } = args.context
  await as(viewer, (tx) => chooseNotices(tx, { viewer, choice: read.data, locale, now: new Date(), requestId }))
  return redirectTo('/me/notices?saved')
}

export default function MyNotices() {
  const w = useWords(words)
  const { time } = useWords(dateWords)
  const { choice, isSaved } = useLoaderData<typeof loader>()
  const result = useActionData<typeof action>()
  return (
    <>
      <PageHead title={w.title} meta={w.lead} />
      <div className="stack">
        {isSaved && !result && (
          <Callout tone="met" role="status">
            <p>{w.saved}</p>
          </Callout>
        )}
        <Card>
          <NoticeChoiceForm
            choice={{ ...choice, ...result?.typed }}
            error={result?.error}
            key={String(Boolean(result))}
          />
        </Card>
        {choice.on.length > 0 && (
          <Card>
            <div className="stack">
              {choice.quiet && <p>{w.night(time(choice.quiet.from), time(choice.quiet.until))}</p>}
              <p>{w.noNumbers}</p>
              <p className="soft">{w.language}</p>
            </div>
          </Card>
        )}
      </div>
    </>
  )
}
