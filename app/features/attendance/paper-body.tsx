import { ButtonLink } from '#app/ui/button.tsx'
import { Callout } from '#app/ui/callout.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { Pager } from '#app/ui/navigation.tsx'
import { PhotoPane } from '#app/ui/photo-pane.tsx'
import type { PaperPage, PaperRefusal } from './paper.server.ts'
import { PaperForm } from './paper-form.tsx'
import { PaperHead, paperBase } from './paper-head.tsx'
import { paperFormWords } from './paper-words.ts'
import { attendanceWords } from './words.ts'

/** A photographed sheet beside the roster of its session: beside it at the desk, above it on a phone. */
export function PaperBody({
  paper,
  after,
  added,
  formKey,
  refusal,
  typed,
}: {
  paper: PaperPage
  after: string | null
  /** Photographs that were just added. */
  added: number | null
  formKey: string
  refusal: PaperRefusal | null
  typed: Readonly<Record<string, string>>
}) {
  const w = useWords(paperFormWords)
  const { sheet, refused } = useWords(attendanceWords)
  const { page, photos } = paper
  const { held, rows } = page
  const file = `/academies/${held.academyCode}/classes/${held.classId}/file`
  const last = rows.at(-1)?.enrolmentId
  const next = page.hasMore && last ? `?after=${last}` : null
  return (
    <>
      <PaperHead title={w.title} held={held} today={page.today}>
        <ButtonLink icon="left" to={paperBase(held)}>
          {sheet.toForm}
        </ButtonLink>
        <ButtonLink to={`${paperBase(held)}/photos`}>{w.more}</ButtonLink>
      </PaperHead>
      <div className="stack">
        {added !== null && !refusal && (
          <Callout tone="met" role="status">
            {w.added(added)}
          </Callout>
        )}
        {refusal && refusal.reason !== 'faults' && (
          <Callout tone="miss" role="alert">
            {refusal.reason === 'form_reused' ? w.reused : refused[refusal.reason]}
          </Callout>
        )}
        {held.state === 'ahead' && <Callout tone="info">{sheet.ahead}</Callout>}
        {held.closedAt && <Callout tone="info">{w.closed}</Callout>}
      </div>
      <div className="split">
        <PhotoPane
          label={w.pane}
          zoom={w.zoom}
          photos={photos.map(({ id }, at) => ({
            src: `${file}/${id}`,
            alt: w.alt(at + 1),
            whole: w.whole(at + 1),
          }))}
        />
        {held.state === 'open' && (
          <PaperForm
            paper={paper}
            formKey={formKey}
            refusal={refusal}
            typed={typed}
            footer={
              (page.hasMore || after !== null) && (
                <Pager summary={sheet.paging(rows.length)} previous={after ? '?' : null} next={next} />
              )
            }
          />
        )}
      </div>
    </>
  )
}
