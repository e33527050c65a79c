import { useEffect, useRef, useState } from 'react'
import { shanghaiDate, yearOf } from '#app/lib/calendar.ts'
import { words as dateWords } from '#app/lib/date-words.ts'
import { LinkButton } from '#app/ui/button.tsx'
import { Callout } from '#app/ui/callout.tsx'
import { Card, Empty } from '#app/ui/card.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { PageHead } from '#app/ui/page-head.tsx'
import { RollList } from './roll/list.tsx'
import { RollNotes } from './roll/notes.tsx'
import { ScanPart } from './roll/scan-part.tsx'
import { takeRoll } from './roll/take.ts'
import type { RollActs, RollView } from './roll/view.ts'
import { doneState, rollPage } from './roll.ts'
import { rollWords } from './roll-words.ts'
import { MARGIN_MS } from './rules.ts'
import { sessionWhen } from './session-when.ts'

/**
 * The roll of a session on an instructor's phone, the same with a network and without: its page names nobody, and reads the roll from the
 * device or the server once it runs. `?session=` of the address says which; without it, the rolls on this device.
 */
export function RollPage({ academyCode }: { academyCode: string }) {
  const w = useWords(rollWords)
  const [view, setView] = useState<RollView | null>(null)
  const acts = useRef<RollActs | null>(null)
  useEffect(() => {
    const sessionId = new URLSearchParams(location.search).get('session')
    const taking = takeRoll({ academyCode, sessionId }, setView)
    acts.current = taking
    return taking.stop
  }, [academyCode])
  const roll = view?.roll
  // By the clock, not by what was read: it opens where there is no network, too.
  const isAhead = Boolean(roll && acts.current && acts.current.now() < roll.startsAt - MARGIN_MS)
  const manage = `/academies/${academyCode}/manage`
  return (
    <>
      <Head view={view} />
      <div className="stack">
        <noscript>
          <Callout tone="warn">{w.noScript}</Callout>
        </noscript>
        {view && <RollNotes view={view} isAhead={isAhead} forget={(id) => void acts.current?.forget(id)} />}
        {roll && acts.current && !isAhead && (
          <>
            {!doneState(roll) && <ScanPart roll={roll} sent={view.sent} acts={acts.current} />}
            <RollList roll={roll} marks={view.marks} acts={acts.current} />
          </>
        )}
        {view && !roll && <NoRoll view={view} academyCode={academyCode} />}
        <p className="inline">
          <LinkButton icon="left" href={`${manage}/today`}>
            {w.toToday}
          </LinkButton>
          {roll && (
            <LinkButton icon="list" href={`${manage}/sessions/${roll.sessionId}`}>
              {w.toSheet}
            </LinkButton>
          )}
        </p>
      </div>
    </>
  )
}

function Head({ view }: { view: RollView | null }) {
  const w = useWords(rollWords)
  const d = useWords(dateWords)
  const roll = view?.roll
  if (!roll) return <PageHead title={w.title} meta={w.about} />
  const when = sessionWhen(
    d,
    { startsAt: new Date(roll.startsAt), endsAt: new Date(roll.endsAt) },
    shanghaiDate(new Date(roll.now)),
  )
  return <PageHead title={roll.className} meta={[when, roll.topic, roll.site].filter(Boolean).join(' · ')} />
}

function NoRoll({ view, academyCode }: { view: RollView; academyCode: string }) {
  const w = useWords(rollWords)
  const d = useWords(dateWords)
  if (view.trouble === 'gone') return <Callout tone="miss">{w.gone}</Callout>
  if (view.rolls.length === 0)
    return view.trouble === 'asking' ? <p className="soft">{w.reading}</p> : <Empty icon="list">{w.none}</Empty>
  return (
    <Card title={w.rolls}>
      <div className="stack">
        {view.rolls.map((roll) => (
          <LinkButton key={roll.sessionId} isWide href={rollPage(academyCode, roll.sessionId)}>
            {`${roll.className} · ${d.instant(new Date(roll.startsAt), yearOf(shanghaiDate(new Date(roll.now))))}`}
          </LinkButton>
        ))}
      </div>
    </Card>
  )
}
