import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { useActionData, useLoaderData, useNavigation } from '@remix-run/react'
import { as } from '#app/features/accounts/as.server.ts'
import { requireViewer } from '#app/features/accounts/guard.server.ts'
import { may } from '#app/features/accounts/roles.ts'
import { actOnMaterials, type DeskRefusal } from '#app/features/materials/acts.server.ts'
import { AskForm } from '#app/features/materials/ask-form.tsx'
import { findMaterialsDesk } from '#app/features/materials/desk.server.ts'
import { MaterialsTable } from '#app/features/materials/desk.tsx'
import { DESK_VIEWS, readDeskPlace } from '#app/features/materials/desk-place.ts'
import { materialDeskWords } from '#app/features/materials/desk-words.ts'
import { REMIND_DAYS } from '#app/features/materials/reminders.ts'
import { findRosterClass } from '#app/features/training/roster.server.ts'
import { RosterHead } from '#app/features/training/roster-head.tsx'
import { shanghaiDate } from '#app/lib/calendar.ts'
import { formText } from '#app/lib/form-rows.ts'
import { notFound } from '#app/lib/http.ts'
import { isId } from '#app/lib/ids.ts'
import { Callout } from '#app/ui/callout.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { Seg } from '#app/ui/navigation.tsx'
import { pageTitle } from '../shell/title.ts'

export const meta: MetaFunction = (args) => pageTitle(args, materialDeskWords, (w) => w.title)

/** Who handed in what in a class, and what it needs; `view` and `after` say which workers are shown. */
export async function loader(args: LoaderFunctionArgs) {
  const viewer = requireViewer(args, 'materials.check')
  const classId = args.params.class ?? ''
  const now = new Date()
  const place = readDeskPlace(new URL(args.request.url).searchParams)
  const found =
    isId(classId) &&
    (await as(viewer, async (tx) => {
      const held = await findRosterClass(tx, { viewer, classId, now })
      if (held?.origin !== 'system') return null
      const desk = await findMaterialsDesk(tx, { viewer, classId, ...place })
      return desk && { held, desk }
    }))
  if (!found) throw notFound('class')
  const canChange = may(viewer, 'training.manage')
  return { ...found, place, canChange, academyCode: viewer.academyCode ?? '', today: shanghaiDate(now) }
}

/** Accepts or sends back those chosen, or says what the class needs (400: none chosen, no reason, or others that do not fit). */
export async function action(args: ActionFunctionArgs) {
  const viewer = requireViewer(args, 'materials.check')
  const classId = args.params.class ?? ''
  if (!isId(classId)) throw notFound('class')
  const form = await args.request.formData()
  const { requestId } = args.context
  const answer = await actOnMaterials(viewer, { classId, form, now: new Date(), requestId })
  if (!answer) throw notFound('class')
  if (!answer.ok) {
    const texts = (name: string) => form.getAll(name).filter((text): text is string => typeof text === 'string')
    const asked = { requirements: texts('requirements'), otherRequirements: formText(form, 'otherRequirements') }
    const typed = { chosen: texts('chosen'), reason: formText(form, 'reason'), asked }
    return data({ reason: answer.reason, typed }, { status: 400 })
  }
  const { view } = readDeskPlace(new URL(args.request.url).searchParams)
  const { said, n, left } = answer
  const base = `/academies/${viewer.academyCode}/manage/classes/${classId}/materials`
  throw redirect(`${base}?view=${view}&said=${said}&n=${n}&left=${left}`, 303)
}

type Typed = { chosen: string[]; reason: string; asked: { requirements: string[]; otherRequirements: string } }

export default function Materials() {
  const w = useWords(materialDeskWords)
  const { held, desk, place, canChange, academyCode, today } = useLoaderData<typeof loader>()
  const result = useActionData<{ reason: DeskRefusal; typed: Typed }>()
  const returned = (useNavigation().state !== 'loading' && result) || null
  const { view, after, said, n, left } = place
  const base = `/academies/${academyCode}/manage/classes/${held.id}/materials`
  const views = DESK_VIEWS.map((one) => ({ to: `?view=${one}`, label: w.views[one], isCurrent: one === view }))
  return (
    <RosterHead held={held} view="materials" academyCode={academyCode} canChange saved={null} today={today}>
      {said && !returned && (
        <Callout tone={n > 0 ? 'met' : 'info'} role="status">
          {w.saved[said](n)}
        </Callout>
      )}
      {left > 0 && !returned && (
        <Callout tone="warn" role="alert">
          {w.left(left)}
        </Callout>
      )}
      {desk.requirements.length === 0 ? (
        <Callout>{w.nothing}</Callout>
      ) : (
        <>
          <p className="soft">{w.lead(REMIND_DAYS)}</p>
          <p>{w.counts(desk.counts)}</p>
          <div>
            <Seg label={w.viewLabel} items={views} />
          </div>
          <MaterialsTable
            key={`${view} ${after} ${desk.counts.waiting}`}
            desk={desk}
            view={view}
            after={after}
            base={base}
            returned={returned && returned.reason !== 'others' ? { ...returned, reason: returned.reason } : null}
          />
        </>
      )}
      {canChange && (
        <AskForm
          key={desk.requirements.map(({ id }) => id).join()}
          requirements={desk.requirements}
          typed={returned?.reason === 'others' ? returned.typed.asked : null}
        />
      )}
    </RosterHead>
  )
}
