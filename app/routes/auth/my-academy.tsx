import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { listAcademyChoices } from '#app/features/academies/find.server.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { requireViewer } from '#app/features/accounts/guard.server.ts'
import { chooseAcademy, findAcademyChoice } from '#app/features/training/academy-choice.server.ts'
import { AcademyChoiceForm } from '#app/features/training/academy-choice-form.tsx'
import { choiceWords as words } from '#app/features/training/choice-words.ts'
import { redirectTo, safeRedirectPath } from '#app/lib/http.ts'
import { ButtonLink } from '#app/ui/button.tsx'
import { Callout } from '#app/ui/callout.tsx'
import { Card } from '#app/ui/card.tsx'
import { KeyValue } from '#app/ui/lists.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { PageHead } from '#app/ui/page-head.tsx'
import type { ShellHandle } from '../shell/handle.ts'
import { pageTitle } from '../shell/title.ts'

export const handle: ShellHandle = { top: ({ locale }) => ({ back: '/me', title: words[locale].title }) }

export const meta: MetaFunction = (args) => pageTitle(args, words, (w) => w.title)

/** A worker's choice of the academy that online courses count for. `to`: the course that the worker comes from. */
export async function loader(args: LoaderFunctionArgs) {
  const viewer = requireViewer(args, 'learning.own')
  const search = new URL(args.request.url).searchParams
  const back = { to: safeRedirectPath(search.get('to'), ''), isSaved: search.has('saved') }
  return as(viewer, async (tx) => {
    const [academies, chosen] = await Promise.all([listAcademyChoices(tx), findAcademyChoice(tx, viewer.accountId)])
    return { academies, chosen, ...back }
  })
}

/** `academy`: the code of one; empty: none in particular. 422: there is no such academy. */
export async function action(args: ActionFunctionArgs) {
  const viewer = requireViewer(args, 'learning.own')
  const typed = (await args.request.formData()).get('academy')
  const code = typeof typed === 'string' && typed !== '' ? typed.slice(0, 40) : null
  const choice = { viewer, code, now: new Date(), requestId: args.context.requestId }
  if (!(await as(viewer, (tx) => chooseAcademy(tx, choice)))) return data({ isUnknown: true }, { status: 422 })
  const to = safeRedirectPath(new URL(args.request.url).searchParams.get('to'), '')
  return redirectTo(`/me/academy?saved${to && `&to=${encodeURIComponent(to)}`}`)
}

export default function MyAcademy() {
  const w = useWords(words)
  const { academies, chosen, to, isSaved } = useLoaderData<typeof loader>()
  const isUnknown = useActionData<typeof action>() !== undefined
  return (
    <>
      <PageHead title={w.title} meta={w.lead} />
      <div className="stack">
        {isSaved && !isUnknown && (
          <Callout tone="met" title={w.saved} role="status">
            <p>{chosen ? w.chosen(chosen.name) : w.notChosen}</p>
          </Callout>
        )}
        {isSaved && to && (
          <ButtonLink kind="main" to={to} isWide>
            {w.back}
          </ButtonLink>
        )}
        <Card>
          <AcademyChoiceForm
            academies={academies}
            chosen={chosen?.code ?? null}
            error={isUnknown ? w.unknown : undefined}
          />
        </Card>
        <Card title={w.what}>
          <KeyValue
            facts={[
              { label: w.changes, value: w.changesText },
              { label: w.stays, value: w.staysText },
              { label: w.free, value: w.freeText },
            ]}
          />
        </Card>
      </div>
    </>
  )
}
