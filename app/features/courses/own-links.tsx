import { Card } from '#app/ui/card.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { Row, RowMeta, Rows } from '#app/ui/rows.tsx'
import { askWords } from './ask-words.ts'
import { ownWords } from './own-words.ts'

/** At the foot of 学习: the ways to what a learner keeps and asked. */
export function OwnLinks() {
  const w = useWords(ownWords)
  const asked = useWords(askWords)
  return (
    <div className="section">
      <Card>
        <Rows>
          <Row to="/learn/notes" title={w.mine}>
            <RowMeta>{w.mineLead}</RowMeta>
          </Row>
          <Row to="/learn/questions" title={asked.mine}>
            <RowMeta>{asked.mineLead}</RowMeta>
          </Row>
        </Rows>
      </Card>
    </div>
  )
}
