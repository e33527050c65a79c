import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { useActionData, useLoaderData, useNavigation } from '@remix-run/react'
import { as } from '#app/features/accounts/as.server.ts'
import { requireViewer } from '#app/features/accounts/guard.server.ts'
import { actOnRoll, type RollActAnswer } from '#app/features/training/group-acts.server.ts'
import { groupWords } from '#app/features/training/group-words.ts'
import { countRoll, findOwnEnterprise, listRoll } from '#app/features/training/roll.server.ts'
import { RollFaults, RollField, useRollColumns } from '#app/features/training/roll-parts.tsx'
import { notFound } from '#app/lib/http.ts'
import { Callout } from '#app/ui/callout.tsx'
import { Card, Empty, Section } from '#app/ui/card.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { PageHead } from '#app/ui/page-head.tsx'
import { PostForm } from '#app/ui/post-form.tsx'
import { SubmitButton } from '#app/ui/submit-button.tsx'
import { Table } from '#app/ui/table.tsx'
import { pageTitle } from '../shell/title.ts'

export const meta: MetaFunction = (args) => pageTitle(args, groupWords, (w) => w.roll.title)

/** The roll of the union's enterprise: whom it may enrol. */
export async function loader(args: LoaderFunctionArgs) {
  const viewer = requireViewer(args, 'group.enrol')
  const found = await as(viewer, async (tx) => {
    const own = await findOwnEnterprise(tx, viewer)
    if (!own) return null
    const [rows, total] = await Promise.all([listRoll(tx, own.id), countRoll(tx, own.id)])
    return { rows: rows.map(({ personId: _, ...row }) => row), total }
  })
  if (!found) throw notFound()
  const search = new URL(args.request.url).searchParams
  const count = (name: string) => (/^\d{1,3}$/.test(search.get(name) ?? '') ? Number(search.get(name)) : null)
  return { ...found, added: count('added'), removed: count('removed') }
}

/** Puts pasted workers on the roll, or takes those chosen off it; lines that cannot be read come back (400). */
export async function action(args: ActionFunctionArgs) {
  const viewer = requireViewer(args, 'group.enrol')
  const form = await args.request.formData()
  const answer = await actOnRoll(viewer, { form, now: new Date(), requestId: args.context.requestId })
  if (!answer) throw notFound()
  if (!answer.ok) return data(answer, { status: 400 })
  throw redirect(`/enterprise/workers?${answer.did}=${answer.count}`, 303)
}

export const shouldRevalidate = () => true

export default function EnterpriseWorkers() {
  const w = useWords(groupWords).roll
  const { rows, total, added, removed } = useLoaderData<typeof loader>()
  const result = useActionData<Extract<RollActAnswer, { ok: false }>>()
  const isLeaving = useNavigation().state === 'loading'
  const refused = (!isLeaving && result) || null
  const columns = useRollColumns()
  const done = refused?.added
    ? w.added(refused.added)
    : added !== null
      ? w.added(added)
      : removed !== null
        ? w.removed(removed)
        : null
  return (
    <>
      <PageHead title={w.title} />
      <div className="stack">
        <p className="soft">{w.lead}</p>
        {done && (!refused || refused.added > 0) && (
          <Callout tone="met" role="status">
            {done}
          </Callout>
        )}
        <Section title={w.add}>
          <Card>
            <PostForm className="form">
              {refused?.roll && <RollFaults roll={refused.roll} />}
              {refused && !refused.roll && (
                <Callout tone="warn" role="alert">
                  {w.nothing}
                </Callout>
              )}
              <RollField rest={refused?.roll?.rest ?? ''} />
              <div>
                <SubmitButton name="intent" value="add">
                  {w.addYes}
                </SubmitButton>
              </div>
            </PostForm>
          </Card>
        </Section>
        <Section title={w.count(total)}>
          {rows.length === 0 ? (
            <Empty icon="person">{w.empty}</Empty>
          ) : (
            <PostForm className="stack">
              {total > rows.length && <p className="soft small">{w.cut(rows.length)}</p>}
              <Table caption={w.caption} columns={columns} rows={rows} rowKey={(row) => row.id} isCards />
              <div>
                <SubmitButton kind="plain" name="intent" value="remove">
                  {w.remove}
                </SubmitButton>
              </div>
              <p className="soft small">{w.removeHint}</p>
            </PostForm>
          )}
        </Section>
      </div>
    </>
  )
}
