import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { useActionData, useLoaderData, useNavigation } from '@remix-run/react'
import { as } from '#app/features/accounts/as.server.ts'
import { requireViewer } from '#app/features/accounts/guard.server.ts'
import { findOwnMaterials } from '#app/features/materials/find.server.ts'
import { handIn } from '#app/features/materials/hand-in.server.ts'
import { fileFieldId, HandInCard, type ReturnedHandIn } from '#app/features/materials/hand-in-form.tsx'
import { WantedBy } from '#app/features/materials/own-card.tsx'
import { countLacking, KEPT_DAYS, mayHandIn, wantedBy } from '#app/features/materials/rules.ts'
import { materialWords } from '#app/features/materials/words.ts'
import { classPath } from '#app/features/training/class-path.ts'
import { requirementName, requirementWords } from '#app/features/training/requirement-words.ts'
import { shanghaiDate, yearOf } from '#app/lib/calendar.ts'
import { notFound } from '#app/lib/http.ts'
import { isId } from '#app/lib/ids.ts'
import { ButtonLink } from '#app/ui/button.tsx'
import { Callout } from '#app/ui/callout.tsx'
import { Empty } from '#app/ui/card.tsx'
import { ErrorSummary } from '#app/ui/error-summary.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { PageHead } from '#app/ui/page-head.tsx'
import type { ShellHandle } from '../shell/handle.ts'
import { pageTitle } from '../shell/title.ts'

export const handle: ShellHandle = {
  hasTabs: false,
  top: ({ params, locale }) => ({
    back: classPath(params.academy ?? '', params.class ?? ''),
    title: materialWords[locale].own.title,
  }),
}

export const meta: MetaFunction = (args) => pageTitle(args, materialWords, (w) => w.own.title)

/** What a class needs of the worker, who has or had a place in it; `saved`: the requirement that was just handed in. */
export async function loader(args: LoaderFunctionArgs) {
  const viewer = requireViewer(args, 'learning.own')
  const { academy: academyCode = '', class: classId = '' } = args.params
  const own = isId(classId) ? await as(viewer, (tx) => findOwnMaterials(tx, { viewer, academyCode, classId })) : null
  if (!own) throw notFound('class')
  const today = shanghaiDate(new Date())
  const saved = new URL(args.request.url).searchParams.get('saved')
  const { className, items } = own
  return {
    className,
    items,
    saved,
    by: wantedBy(own),
    mayHandIn: mayHandIn(own, today),
    base: classPath(academyCode, classId),
    today,
  }
}

/** Takes what is handed in (`of`: of which requirement); the body is streamed. Statuses: 400 what came, 409 not wanted now. */
export async function action(args: ActionFunctionArgs) {
  const viewer = requireViewer(args, 'learning.own')
  const { academy: academyCode = '', class: classId = '' } = args.params
  const of = new URL(args.request.url).searchParams.get('of') ?? ''
  if (!isId(classId) || !isId(of)) throw notFound('requirement')
  const to = { viewer, academyCode, classId, now: new Date(), requestId: args.context.requestId }
  const answer = await handIn(to, { requirementId: of, request: args.request })
  if (!answer) throw notFound('requirement')
  if (answer.ok) throw redirect(`${classPath(academyCode, classId)}/materials?saved=${of}`, 303)
  const { reason, typed } = answer
  return data({ of, reason, typed }, { status: ['over', 'accepted', 'busy'].includes(reason) ? 409 : 400 })
}

/** A refusal may mean that the page was out of date. */
export const shouldRevalidate = () => true

export default function ClassMaterials() {
  const { own: w, faults } = useWords(materialWords)
  const q = useWords(requirementWords)
  const { className, items, saved, by, mayHandIn: isOpen, base, today } = useLoaderData<typeof loader>()
  const result = useActionData<ReturnedHandIn>()
  const returned = (useNavigation().state !== 'loading' && result) || null
  const lacking = countLacking(items)
  const done = items.find(({ requirementId }) => requirementId === saved)
  return (
    <>
      <PageHead title={w.of(className)} />
      <div className="stack">
        <ErrorSummary errors={returned ? [{ id: fileFieldId(returned.of), message: faults[returned.reason] }] : []} />
        {done && !returned && (
          <Callout tone="met" role="status">
            {w.saved(requirementName(q, done))}
          </Callout>
        )}
        {items.length === 0 && <Empty icon="check">{w.none}</Empty>}
        {items.length > 0 && (
          <Callout tone={!isOpen ? 'info' : lacking > 0 ? 'warn' : 'met'}>
            <p>{!isOpen ? w.notNow : lacking > 0 ? w.lacking(lacking) : w.complete}</p>
            {isOpen && lacking > 0 && <WantedBy by={by} today={today} />}
          </Callout>
        )}
        {items.map((item) => (
          <HandInCard
            key={item.requirementId}
            item={item}
            base={`${base}/materials`}
            mayHandIn={isOpen}
            returned={returned?.of === item.requirementId ? returned : null}
            thisYear={yearOf(today)}
          />
        ))}
        <p className="small soft">{w.privacy(KEPT_DAYS)}</p>
        <ButtonLink isWide to={base}>
          {w.back}
        </ButtonLink>
      </div>
    </>
  )
}
