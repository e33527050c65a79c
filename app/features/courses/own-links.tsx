import { Card } from '#app/ui/card.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { Row, RowMeta, Rows } from '#app/ui/rows.tsx'
import { ownWords } from './own-words.ts'

/** At the foot of 学习: the ways to what a learner keeps. */
export function OwnLinks() {
  const w = useWords(ownWords)
  return (
    <div className="section">
      <Card>
        <Rows>
          <Row to="/learn/notes" title={w.mine}>
            <RowMeta>{w.mineLead}</RowMeta>
          </Row>
        </Rows>
      </Card>
    </div>
  )
}
