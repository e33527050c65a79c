import { levelWords } from '#app/features/training/level-words.ts'
import { requirementName, requirementWords } from '#app/features/training/requirement-words.ts'
import { Badge } from '#app/ui/badge.tsx'
import { Tick } from '#app/ui/choice.tsx'
import { useWords } from '#app/ui/locale.tsx'
import type { DeskRow } from './desk.server.ts'
import { materialDeskWords } from './desk-words.ts'
import type { Item } from './find.server.ts'

const TONES = { missing: 'none', handed_in: 'warn', accepted: 'met', refused: 'miss' } as const

/** What one worker handed in of one requirement: how it stands, its files, and a box to choose it. */
export function MaterialCell({
  row,
  item,
  base,
  chosen,
}: {
  row: DeskRow
  item: Item
  base: string
  chosen: readonly string[]
}) {
  const w = useWords(materialDeskWords)
  const q = useWords(requirementWords)
  const levels = useWords(levelWords)
  const { materialId, standing, level, number, refusedBecause, files } = item
  const what = requirementName(q, item)
  const mayChoose = materialId && (standing === 'handed_in' || standing === 'accepted')
  return (
    <>
      <span className="inline">
        {mayChoose && (
          <Tick
            name="chosen"
            value={materialId}
            defaultChecked={chosen.includes(materialId)}
            label={w.choose(row.name, what)}
          />
        )}
        <Badge tone={TONES[standing]}>{w.states[standing]}</Badge>
        {files.map(({ id }, at) => (
          <a
            key={id}
            href={`${base}/${id}`}
            target="_blank"
            rel="noreferrer"
            aria-label={w.openOf(row.name, what, at + 1)}
          >
            {w.open(at + 1)}
          </a>
        ))}
      </span>
      {(level || number || refusedBecause) && (
        <small className="soft">
          {' '}
          {[level && levels[level], number && w.number(number), refusedBecause].filter(Boolean).join(' · ')}
        </small>
      )}
    </>
  )
}
