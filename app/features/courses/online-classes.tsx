import { classPath } from '#app/features/training/class-path.ts'
import { words as dates } from '#app/lib/date-words.ts'
import { Badge } from '#app/ui/badge.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { Row, RowMeta, Rows } from '#app/ui/rows.tsx'
import type { OnlineClass } from './online-class.ts'
import { words } from './words.ts'

/** Online classes with the academy that runs each and, for a learner, how far it has come. Enrolling is on their pages. */
export function OnlineClassRows({ classes }: { classes: OnlineClass[] }) {
  const w = useWords(words)
  const d = useWords(dates)
  return (
    <Rows>
      {classes.map((one) => (
        <Row key={one.classId} to={classPath(one.academyCode, one.classId)} title={one.name}>
          <RowMeta>
            {one.academyName} · {w.until(d.day(one.endsOn))}
          </RowMeta>
          {one.isEnrolled && (
            <RowMeta>
              {one.creditedOn ? (
                <Badge tone="met">{w.credited(d.day(one.creditedOn))}</Badge>
              ) : (
                <Badge tone="none" icon="check">
                  {w.enrolled}
                </Badge>
              )}
            </RowMeta>
          )}
        </Row>
      ))}
    </Rows>
  )
}
