import { Callout } from '#app/ui/callout.tsx'
import { Link } from '#app/ui/link.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { objectionWords } from './objection-words.ts'
import type { SheetPage } from './sheet-page.server.ts'

/** Open objections on the sheet that they are about, for whoever may correct it; of one worker where it shows that one alone (`of`). */
export function SheetObjections({ page, of, toList }: { page: SheetPage; of: string | null; toList: string }) {
  const { desk: w } = useWords(objectionWords)
  const shown = page.objections.filter(({ enrolmentId }) => of === null || enrolmentId === of)
  if (!of && shown.length === 0) return null
  return (
    <Callout tone={shown.length > 0 ? 'warn' : 'info'}>
      {shown.map(({ enrolmentId, name, text }) => (
        <p key={enrolmentId}>{w.onSheet(name, text)}</p>
      ))}
      {shown.length > 0 && page.mayMark && <p>{w.onSheetNote}</p>}
      <p>
        <Link to={toList}>{w.toList}</Link> {of && <Link to="?">{w.all}</Link>}
      </p>
    </Callout>
  )
}
