import { type FormEvent, useState } from 'react'
import { Button } from '#app/ui/button.tsx'
import { Callout } from '#app/ui/callout.tsx'
import { Card } from '#app/ui/card.tsx'
import { TextField } from '#app/ui/field.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { SegChoice } from '#app/ui/seg-choice.tsx'
import { inFours } from '../digits.ts'
import type { Roll } from '../roll.ts'
import { rollWords } from '../roll-words.ts'
import { CameraView } from './camera-view.tsx'
import { readCodeText } from './code-text.ts'
import type { RollActs, RollView } from './view.ts'

/** `digits`: a mark by eight digits, whose worker the server names. */
type Said = { tone: 'met' | 'warn'; text: string; digits?: { markId: string; act: 'in' | 'out' } }

/** Workers come or go by their own codes. A code is genuine or not once the server has read it; who it names is shown at once. */
export function ScanPart({ roll, sent, acts }: { roll: Roll; sent: RollView['sent']; acts: RollActs }) {
  const { scan: w } = useWords(rollWords)
  const [act, setAct] = useState<'in' | 'out'>('in')
  const [said, setSaid] = useState<Said | null>(null)
  const take = (text: string): boolean => {
    const read = readCodeText(text, roll.sessionId)
    if (read === null || typeof read === 'string') {
      setSaid({ tone: 'warn', text: read ? w[read] : w.notOurs })
      return false
    }
    const worker = roll.workers.find(({ id }) => id === read.enrolmentId)
    const marking = acts.mark({ kind: 'scan', code: read.code, act }, worker ? worker.id : null)
    if (worker) setSaid({ tone: 'met', text: w.took[act](worker.name) })
    else if (read.enrolmentId) setSaid({ tone: 'warn', text: w.unknown })
    else
      void marking.then((markId) => {
        if (markId) setSaid({ tone: 'met', text: w.digits(inFours(read.code)), digits: { markId, act } })
      })
    return true
  }
  const named = said?.digits && roll.workers.find(({ id }) => id === sent[said.digits?.markId ?? ''])
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = event.currentTarget
    if (take(String(new FormData(form).get('code') ?? ''))) form.reset()
  }
  return (
    <Card title={w.title}>
      <div className="stack">
        <p className="soft small">{w.lead}</p>
        <div onChange={(event) => setAct((event.target as HTMLInputElement).value === 'out' ? 'out' : 'in')}>
          <SegChoice
            name="act"
            label={w.which}
            options={[
              { value: 'in', label: w.in },
              { value: 'out', label: w.out },
            ]}
            defaultValue="in"
          />
        </div>
        <CameraView take={take} />
        <div role="status">
          {said && (
            <Callout tone={said.tone}>{named && said.digits ? w.took[said.digits.act](named.name) : said.text}</Callout>
          )}
        </div>
        <form className="stack" onSubmit={onSubmit}>
          <TextField
            name="code"
            label={w.code}
            hint={w.codeHint}
            autoComplete="off"
            inputMode="numeric"
            maxLength={400}
          />
          <Button type="submit">{w.take}</Button>
        </form>
      </div>
    </Card>
  )
}
