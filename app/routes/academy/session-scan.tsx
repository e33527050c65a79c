import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { as } from '#app/features/accounts/as.server.ts'
import { requireViewer } from '#app/features/accounts/guard.server.ts'
import { words as accountWords } from '#app/features/accounts/words.ts'
import { codeWords } from '#app/features/attendance/code-words.ts'
import { checkScanned, findScanned } from '#app/features/attendance/scan.server.ts'
import { CodeForm } from '#app/features/attendance/scan.tsx'
import { listToCheck } from '#app/features/training/class-identity.server.ts'
import { shanghaiTime } from '#app/lib/calendar.ts'
import { words as dateWords } from '#app/lib/date-words.ts'
import { formText } from '#app/lib/form-rows.ts'
import { notFound } from '#app/lib/http.ts'
import { isId } from '#app/lib/ids.ts'
import { Callout } from '#app/ui/callout.tsx'
import { Card } from '#app/ui/card.tsx'
import { Link } from '#app/ui/link.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { Crumbs } from '#app/ui/navigation.tsx'
import { PageHead } from '#app/ui/page-head.tsx'
import { PostForm } from '#app/ui/post-form.tsx'
import { SubmitButton } from '#app/ui/submit-button.tsx'
import { pageTitle } from '../shell/title.ts'

export const meta: MetaFunction = (args) => pageTitle(args, codeWords, (w) => w.scan.title)

/** The worker whose code the instructor scanned or typed (`w`), to be checked in or out by a press. */
export async function loader(args: LoaderFunctionArgs) {
  const viewer = requireViewer(args, 'attendance.take')
  const { academy: academyCode = '', session: sessionId = '' } = args.params
  const code = new URL(args.request.url).searchParams.get('w') ?? ''
  const asked = { viewer, academyCode, sessionId, code, now: new Date() }
  const found = isId(sessionId)
    ? await as(viewer, async (tx) => {
        const scanned = await findScanned(tx, asked)
        if (!scanned) return null
        const { total } = await listToCheck(tx, { viewer, classId: scanned.held.classId, after: null })
        return { ...scanned, toCheck: total }
      })
    : null
  if (!found) throw notFound('session')
  return {
    className: found.held.className,
    sessionPath: `/academies/${academyCode}/manage/sessions/${sessionId}`,
    code,
    worker: found.worker,
    refusal: found.refusal,
    toCheck: found.toCheck,
    identityPath: `/academies/${academyCode}/manage/classes/${found.held.classId}/identity`,
  }
}

export async function action(args: ActionFunctionArgs) {
  const viewer = requireViewer(args, 'attendance.take')
  const { academy: academyCode = '', session: sessionId = '' } = args.params
  if (!isId(sessionId)) throw notFound('session')
  const form = await args.request.formData()
  const act = formText(form, 'intent') === 'out' ? 'out' : 'in'
  const asked = { viewer, academyCode, sessionId, code: formText(form, 'code'), act, now: new Date() } as const
  const answer = await as(viewer, (tx) => checkScanned(tx, { ...asked, requestId: args.context.requestId }))
  if (!answer) throw notFound('session')
  return answer
}

export default function SessionScan() {
  const { scan: w } = useWords(codeWords)
  const d = useWords(dateWords)
  const { ofClass } = useWords(accountWords).identity
  const { worker, refusal, className, sessionPath, code, toCheck, identityPath } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const clock = (at: Date) => d.time(shanghaiTime(at))
  const isIn = Boolean(worker?.checkedInAt)
  return (
    <>
      <Crumbs items={[{ to: sessionPath, label: className }, { label: w.title }]} />
      <PageHead title={worker?.name ?? w.title} />
      <div className="stack">
        {answer && !answer.ok && (
          <Callout tone="miss" role="alert">
            {w.refused[answer.reason]}
          </Callout>
        )}
        {answer?.ok && (
          <Callout tone={answer.isNew ? 'met' : 'info'} role="status">
            {(answer.isNew ? w.done : w.before)[answer.act](answer.name, clock(answer.at))}
          </Callout>
        )}
        {worker && (
          <Card>
            <PostForm className="stack">
              <p>
                {d.list(
                  [
                    worker.checkedInAt ? w.cameIn(clock(worker.checkedInAt)) : '',
                    worker.checkedOutAt ? w.wentOut(clock(worker.checkedOutAt)) : '',
                  ].filter(Boolean),
                ) || w.check}
              </p>
              <input type="hidden" name="code" value={code} />
              <div className="inline">
                <SubmitButton isTall kind={isIn ? 'plain' : 'main'} name="intent" value="in">
                  {w.in}
                </SubmitButton>
                <SubmitButton isTall kind={isIn ? 'main' : 'plain'} name="intent" value="out">
                  {w.out}
                </SubmitButton>
              </div>
            </PostForm>
          </Card>
        )}
        {!worker && <p className="soft">{w.how}</p>}
        {toCheck > 0 && (
          <p className="soft">
            {ofClass.waits(toCheck)} <Link to={identityPath}>{ofClass.toThem}</Link>
          </p>
        )}
        <CodeForm code={code} isNext={worker !== null} refusal={refusal} />
      </div>
    </>
  )
}
