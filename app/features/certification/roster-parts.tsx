import { closingWords } from '#app/features/training/closing-words.ts'
import type { RemoveRefusal } from '#app/features/training/desk-seats.server.ts'
import { words as deskWords } from '#app/features/training/desk-words.ts'
import { HoursForm } from '#app/features/training/hours-form.tsx'
import { RemoveForm } from '#app/features/training/remove-form.tsx'
import type { RosterRow } from '#app/features/training/roster.server.ts'
import { RosterTable } from '#app/features/training/roster-table.tsx'
import { type RosterPlace, type RosterView, rosterAddress } from '#app/features/training/roster-view.ts'
import { Callout } from '#app/ui/callout.tsx'
import { Empty } from '#app/ui/card.tsx'
import { Link } from '#app/ui/link.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { Pager } from '#app/ui/navigation.tsx'
import type { Column } from '#app/ui/table.tsx'
import { CertificatesForm } from './certificates-form.tsx'
import { ConfirmForm } from './confirm-form.tsx'
import { ResultsForm } from './results-form.tsx'
import { resultsWords } from './results-words.ts'
import { RevokeForm } from './revoke-form.tsx'
import type { RosterPage } from './roster.server.ts'
import type { RosterAnswer } from './roster-acts.server.ts'
import { words } from './words.ts'

export type Refusal = Extract<RosterAnswer, { ok: false }>
type PartProps = {
  page: RosterPage
  place: RosterPlace
  academyCode: string
  canChange: boolean
  refusal: Refusal | null
  typed: Readonly<Record<string, string>>
}

/** The part of a class that the address asks for. */
export function RosterPart({ page, place, academyCode, canChange, refusal, typed }: PartProps) {
  const { roster: r, hours: h } = useWords(deskWords)
  const { classClosed } = useWords(closingWords)
  const w = useWords(words).desk
  if (refusal && 'isClosed' in refusal)
    return (
      <Callout tone="miss" role="alert">
        {classClosed}
      </Callout>
    )
  if (page.held.status === 'closed' && page.view !== 'overview' && page.view !== 'certificates')
    return <Callout>{classClosed}</Callout>
  if (page.view === 'confirm') {
    const refused = refusal && 'confirm' in refusal ? refusal.confirm : null
    return <ConfirmForm waiting={page.waiting} today={page.today} refused={refused} typed={typed} />
  }
  const count = page.view === 'certificates' ? page.passed.length : page.rows.length
  if (count === 0 && place.after === null)
    return <Empty icon="person">{page.view === 'certificates' ? w.noPassed : r.empty}</Empty>
  const lastId = page.view === 'certificates' ? page.passed.at(-1)?.assessmentId : page.rows.at(-1)?.enrolmentId
  const { view } = page
  const on = view === 'results' ? page.on : null
  const hasFooter = view !== 'certificates' || page.hasMore || place.after !== null
  const footer = hasFooter && (
    <Pager
      summary={view === 'certificates' ? null : r.shown(count, page.held.total)}
      previous={place.after === null ? null : rosterAddress({ view, on })}
      next={page.hasMore && lastId ? rosterAddress({ view, on, after: lastId }) : null}
    />
  )
  switch (page.view) {
    case 'overview':
      return (
        <Overview
          page={page}
          place={place}
          academyCode={academyCode}
          footer={footer}
          canChange={canChange}
          refused={refusal && 'remove' in refusal ? refusal.remove : null}
        />
      )
    case 'hours': {
      if (page.hoursFrom) return <Callout>{h.from[page.hoursFrom]}</Callout>
      const faults = refusal && 'hours' in refusal ? refusal.hours : []
      return <HoursForm held={page.held} rows={page.rows} faults={faults} typed={typed} footer={footer} />
    }
    case 'results': {
      const refused = refusal && 'results' in refusal ? refusal : null
      return (
        <ResultsForm
          {...page}
          waiting={page.toConfirm}
          after={place.after}
          refused={refused?.results ?? null}
          pasted={refused?.pasted ?? null}
          typed={typed}
          footer={footer}
        />
      )
    }
    case 'certificates': {
      const refused = refusal && 'certificates' in refusal ? refusal : null
      const back = rosterAddress({ view, after: place.after })
      return (
        <div className="stack">
          {page.revoking && canChange && (
            <RevokeForm
              certificate={page.revoking}
              isReasonMissing={refusal !== null && 'revoke' in refusal}
              back={back}
            />
          )}
          <CertificatesForm
            rows={page.passed}
            level={page.held.level}
            refused={refused?.certificates ?? null}
            pasted={refused?.pasted ?? null}
            typed={typed}
            after={place.after}
            canChange={canChange}
            revokeAddress={(revoke) => rosterAddress({ view, after: place.after, revoke })}
            footer={footer}
          />
        </div>
      )
    }
  }
}

/** What is said once a form of results was taken; undefined: that so many records were saved. */
export function useSavedText(view: RosterView, saved: number | null): string | undefined {
  const w = useWords(resultsWords)
  const { remove } = useWords(deskWords).roster
  if (saved === null) return undefined
  if (view === 'overview') return remove.done
  if (view === 'results') return w.proposed(saved)
  return view === 'confirm' ? w.confirm.done(saved) : undefined
}

type OverviewProps = {
  page: Extract<RosterPage, { view: 'overview' }>
  place: RosterPlace
  academyCode: string
  footer: React.ReactNode
  canChange: boolean
  refused: RemoveRefusal | null
}

/** The roster with each worker's latest result and certificates. An administrator takes out of it who does not come. */
function Overview({ page, place, academyCode, footer, canChange, refused }: OverviewProps) {
  const { remove, act } = useWords(deskWords).roster
  const { desk: w, results, attempt, pending, certificates: counted } = useWords(words)
  const latest = (row: RosterRow) => page.attempts.find((one) => one.enrolmentId === row.enrolmentId)
  const held = (row: RosterRow) => {
    const ids = page.attempts.filter((one) => one.enrolmentId === row.enrolmentId).map((one) => one.assessmentId)
    return page.certificates.filter((one) => ids.includes(one.assessmentId) && one.status === 'valid').length
  }
  const extra: Column<RosterRow>[] = [
    {
      key: 'result',
      head: w.result,
      cell: (row) => {
        const found = latest(row)
        return found ? <span className="nowrap">{attempt(found.assessedOn, results[found.result])}</span> : '—'
      },
    },
    {
      key: 'certificates',
      head: w.certificates,
      cell: (row) => {
        const count = held(row)
        if (count > 0) return <span className="nowrap">{counted(count)}</span>
        return latest(row)?.result === 'passed' ? pending : '—'
      },
    },
  ]
  const { held: of, rows } = page
  const address = (id: string | null) => rosterAddress({ view: 'overview', after: place.after, remove: id })
  const mayRemove = canChange && of.origin === 'system' && of.status === 'published'
  if (mayRemove && rows.some(isRemovable))
    extra.push({
      key: 'act',
      head: act,
      cell: (row) =>
        isRemovable(row) && (
          <Link to={address(row.enrolmentId)} aria-label={remove.named(row.name)}>
            {remove.link}
          </Link>
        ),
    })
  const removing = mayRemove && rows.find((row) => row.enrolmentId === place.remove && isRemovable(row))
  return (
    <div className="stack">
      {removing && <RemoveForm row={removing} refused={refused} back={address(null)} />}
      <RosterTable {...{ held: of, rows, extra, footer }} base={`/academies/${academyCode}/manage/classes/${of.id}`} />
    </div>
  )
}

/** Hours that are recorded keep a seat; who asks or waits is answered elsewhere. */
const isRemovable = ({ seat, hoursAttended }: RosterRow) => seat === 'enrolled' && hoursAttended === null
