import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { useActionData, useLoaderData, useNavigation } from '@remix-run/react'
import { as } from '#app/features/accounts/as.server.ts'
import { ClaimList } from '#app/features/accounts/claim-list.tsx'
import { CoveredForm } from '#app/features/accounts/covered-form.tsx'
import { requireViewer } from '#app/features/accounts/guard.server.ts'
import { may } from '#app/features/accounts/roles.ts'
import { words } from '#app/features/accounts/words.ts'
import {
  confirmInClass,
  findToCheck,
  listToCheck,
  searchInClass,
} from '#app/features/training/class-identity.server.ts'
import { CheckTable } from '#app/features/training/class-identity.tsx'
import { findRosterClass } from '#app/features/training/roster.server.ts'
import { RosterHead } from '#app/features/training/roster-head.tsx'
import { shanghaiDate } from '#app/lib/calendar.ts'
import { formText } from '#app/lib/form-rows.ts'
import { notFound } from '#app/lib/http.ts'
import { isId } from '#app/lib/ids.ts'
import { Callout } from '#app/ui/callout.tsx'
import { Section } from '#app/ui/card.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { Pager } from '#app/ui/navigation.tsx'
import { PostForm } from '#app/ui/post-form.tsx'
import { SubmitButton } from '#app/ui/submit-button.tsx'
import { pageTitle } from '../shell/title.ts'

export const meta: MetaFunction = (args) => pageTitle(args, words, (w) => w.identity.ofClass.title(0))

const idOf = (search: URLSearchParams, name: string) => {
  const id = search.get(name)
  return id !== null && isId(id) ? id : null
}

/** Whose identity is to be checked in a class that the viewer runs; `of`: whose document is on the table. */
export async function loader(args: LoaderFunctionArgs) {
  const viewer = requireViewer(args, 'identity.compare')
  const classId = args.params.class ?? ''
  const search = new URL(args.request.url).searchParams
  const [enrolmentId, after] = [idOf(search, 'of'), idOf(search, 'after')]
  const now = new Date()
  if (!isId(classId)) throw notFound('class')
  const found = await as(viewer, async (tx) => {
    const held = await findRosterClass(tx, { viewer, classId, now })
    if (!held) return null
    const chosen = enrolmentId ? await findToCheck(tx, { viewer, classId, enrolmentId }) : null
    return { held, chosen, ...(await listToCheck(tx, { viewer, classId, after })) }
  })
  if (!found) throw notFound('class')
  const { chosen, ...page } = found
  return {
    ...page,
    // Whose person it is stays here.
    chosen: chosen && { enrolmentId: chosen.enrolmentId, name: chosen.name, document: chosen.document },
    academyCode: viewer.academyCode ?? '',
    ...{ canChange: may(viewer, 'training.manage'), after, today: shanghaiDate(now), isDone: search.has('done') },
  }
}

const nothing = { isWrong: false, seconds: 0, refusal: null, found: null }

/** `proof`: confirms a claim that a search found; otherwise compares the document. 400 not its number, 409 refused, 429 too often. */
export async function action(args: ActionFunctionArgs) {
  const viewer = requireViewer(args, 'identity.compare')
  const classId = args.params.class ?? ''
  const form = await args.request.formData()
  const enrolmentId = formText(form, 'of')
  if (!isId(classId) || !isId(enrolmentId)) throw notFound('class')
  const asked = { viewer, classId, enrolmentId, now: new Date(), requestId: args.context.requestId }
  const proof = form.get('proof')
  if (typeof proof === 'string') {
    const answer = await confirmInClass({ ...asked, proof })
    if (!answer) throw notFound('class')
    if (answer.ok) throw redirect(`${new URL(args.request.url).pathname.replace(/\.data$/, '')}?done`, 303)
    return data({ ...nothing, refusal: answer.reason }, { status: 409 })
  }
  const answer = await searchInClass({ ...asked, covered: formText(form, 'covered') })
  if (!answer) throw notFound('class')
  if (answer.ok) return data({ ...nothing, found: { document: answer.document, claims: answer.claims } })
  const isWait = answer.reason === 'wait'
  return data({ ...nothing, isWrong: !isWait, seconds: answer.seconds }, { status: isWait ? 429 : 400 })
}

export default function ClassIdentity() {
  const { identity: w } = useWords(words)
  const page = useLoaderData<typeof loader>()
  const sent = useActionData<typeof action>()
  const isLeaving = useNavigation().state === 'loading'
  const result = (!isLeaving && sent) || null
  const { held, chosen, rows, total, hasMore, after, academyCode, canChange, today } = page
  const last = rows.at(-1)
  const pager = (hasMore || after !== null) && (
    <Pager
      summary={null}
      previous={after === null ? null : '?'}
      next={hasMore && last ? `?after=${last.enrolmentId}` : null}
    />
  )
  return (
    <RosterHead {...{ held, academyCode, canChange, today }} view="identity" saved={null}>
      {page.isDone && !result && (
        <Callout tone="met" role="status">
          {w.done}
        </Callout>
      )}
      {result && (result.seconds > 0 || result.refusal) && (
        <Callout tone="miss" role="alert">
          {result.refusal ? w.reasons[result.refusal] : w.tooMany(result.seconds)}
        </Callout>
      )}
      {chosen && result?.found && (
        <ClaimList {...result.found} confirm={(proof) => <ConfirmForm of={chosen.enrolmentId} proof={proof} />} />
      )}
      {chosen && !result?.found && <CoveredForm {...chosen} isWrong={result?.isWrong ?? false} />}
      <Section title={w.ofClass.title(total)}>
        <p className="soft">{total === 0 ? w.ofClass.none : w.ofClass.lead}</p>
        {rows.length > 0 && <CheckTable rows={rows} footer={pager} />}
      </Section>
    </RosterHead>
  )
}

function ConfirmForm({ of, proof }: { of: string; proof: string }) {
  const { identity: w } = useWords(words)
  return (
    <PostForm>
      <input type="hidden" name="of" value={of} />
      <SubmitButton name="proof" value={proof}>
        {w.confirm}
      </SubmitButton>
    </PostForm>
  )
}
