import { Card } from '#app/ui/card.tsx'
import { Steps } from '#app/ui/lists.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { Poll } from '#app/ui/poll.tsx'
import { Progress } from '#app/ui/progress.tsx'
import type { Phase } from './upload.ts'
import { words } from './upload-words.ts'

const PHASES: readonly Phase[] = ['reading', 'comparing', 'writing']
/** Reading takes most of the time; what comes behind it cannot be measured by rows. */
const READ_SHARE = 0.7

/** A file has come in, and a worker looks at its sheets and headers: seconds. `phase` null: it waits for its turn. */
export function Reading({ phase }: { phase: Phase | null }) {
  const w = useWords(words).progress
  return (
    <Card title={w.opening}>
      <div className="stack">
        <p role="status">{phase === null ? w.received : w.looking}</p>
        <p className="soft small">{w.leaveReading}</p>
      </div>
      <Poll everyMs={1000} />
    </Card>
  )
}

/** How far the check or the import is. `phase` null: it waits for its turn. */
export function UploadProgress({
  isImport,
  phase,
  rowsRead,
  rowsTotal,
}: {
  isImport: boolean
  phase: Phase | null
  rowsRead: number
  rowsTotal: number | null
}) {
  const w = useWords(words).progress
  const at = phase === null ? -1 : PHASES.indexOf(phase)
  const shown = isImport ? PHASES : PHASES.slice(0, 2)
  const read = rowsTotal ? Math.min(rowsRead / rowsTotal, 1) : 0
  const share = phase === null ? 0 : phase === 'reading' ? read * READ_SHARE : phase === 'comparing' ? READ_SHARE : 0.9
  const text =
    phase === null
      ? w.waiting
      : phase === 'reading'
        ? rowsTotal
          ? w.readOf(rowsRead, rowsTotal)
          : w.read(rowsRead)
        : phase === 'comparing'
          ? w.comparing(rowsRead)
          : w.writing(rowsRead)
  return (
    <Card title={isImport ? w.importing : w.previewing}>
      <div className="stack">
        <Progress value={Math.round(share * 100)} max={100} label={text}>
          {`${Math.round(share * 100)}%`}
        </Progress>
        <p role="status">{text}</p>
        <Steps
          steps={shown.map((one, index) => ({
            title: w.phases[one],
            state: index < at ? 'done' : index === at ? 'now' : 'ahead',
          }))}
        />
        <p className="soft small">{w.leave}</p>
      </div>
      <Poll everyMs={1000} />
    </Card>
  )
}
