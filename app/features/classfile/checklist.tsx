import { Badge } from '#app/ui/badge.tsx'
import { LinkButton } from '#app/ui/button.tsx'
import { Card } from '#app/ui/card.tsx'
import { TextField } from '#app/ui/field.tsx'
import { Link } from '#app/ui/link.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { PostForm } from '#app/ui/post-form.tsx'
import { SubmitButton } from '#app/ui/submit-button.tsx'
import { type Column, Table } from '#app/ui/table.tsx'
import type { ChecklistPage, ShownDocument } from './checklist.server.ts'
import type { Kept } from './keep.server.ts'
import { AFTER_CLOSING, DECLARED, MADE, type PartState, partNumber, UPLOADED, type UploadedPart } from './parts.ts'
import { classFileWords } from './words.ts'

/** A form that came back: nothing of it was kept, or not all of it. */
export type PartRefusal = { part: UploadedPart; kept: Kept }

const TONES = { there: 'met', missing: 'miss', later: 'none', not_needed: 'none', none: 'none' } as const

/** The parts of a class's file in their fixed order. */
export function Checklist({ page, base, refusal }: { page: ChecklistPage; base: string; refusal: PartRefusal | null }) {
  return (
    <div className="stack">
      {page.states.map((state) => (
        <Part
          key={state.part}
          state={state}
          page={page}
          base={base}
          refusal={refusal?.part === state.part ? refusal : null}
        />
      ))}
    </div>
  )
}

function Part({
  state: { part, state, lack, n, because },
  page,
  base,
  refusal,
}: {
  state: PartState
  page: ChecklistPage
  base: string
  refusal: PartRefusal | null
}) {
  const w = useWords(classFileWords)
  const made = MADE.find((one) => one === part)
  const uploaded = UPLOADED.find((one) => one === part)
  const isLacking = lack === 'no_document' || lack === 'unsigned' || state === 'none'
  const mayNone =
    page.mayKeep && !page.of.isClosed && isLacking && state !== 'not_needed' && DECLARED.some((one) => one === part)
  const documents = page.documents.filter((one) => one.part === part)
  return (
    <Card title={`${partNumber(part)} ${w.parts[part]}`}>
      <div className="stack">
        <p className="inline">
          <Badge tone={TONES[state]} icon={state === 'missing' ? 'alert' : undefined}>
            {w.states[state]}
          </Badge>
          {because && <span>{because}</span>}
          {lack && state !== 'not_needed' && (
            <span className={state === 'missing' ? undefined : 'soft'}>{w.lacks[lack](n)}</span>
          )}
        </p>
        <p className="small soft">{w.hints[part]}</p>
        {made && (
          <div>
            <LinkButton icon="download" href={`${base}/made/${made}`}>
              {w.made(w.sheets.names[made])}
            </LinkButton>
          </div>
        )}
        {documents.length > 0 && (
          <Documents
            caption={w.documents(w.parts[part])}
            documents={documents}
            base={base}
            mayKeep={page.mayKeep && !page.of.isClosed}
          />
        )}
        {mayNone && (
          <p className="small">
            <Link
              to={`${base}/none/${part}`}
              aria-label={state === 'none' ? w.none.changeOf(w.parts[part]) : w.none.linkOf(w.parts[part])}
            >
              {state === 'none' ? w.none.change : w.none.link}
            </Link>
          </p>
        )}
        {/* Made anew with each document that came: what was chosen is not chosen any more. */}
        {uploaded && page.mayKeep && (!page.of.isClosed || uploaded === AFTER_CLOSING) && (
          <AddForm key={documents.length} part={uploaded} refusal={refusal} />
        )}
      </div>
    </Card>
  )
}

const sizeOf = (bytes: number): string =>
  bytes < 1_000_000 ? `${Math.ceil(bytes / 1000)} KB` : `${(bytes / 1_000_000).toFixed(1)} MB`

function Documents({
  caption,
  documents,
  base,
  mayKeep,
}: {
  caption: string
  documents: readonly ShownDocument[]
  base: string
  mayKeep: boolean
}) {
  const w = useWords(classFileWords)
  const columns: Column<ShownDocument>[] = [
    { key: 'name', head: w.file, isRowHead: true, cell: ({ name }) => name },
    {
      key: 'size',
      head: w.size,
      isNumeric: true,
      cell: ({ bytes }) => <span className="nowrap">{sizeOf(bytes)}</span>,
    },
    { key: 'by', head: w.by, cell: ({ by, at }) => <span className="num">{w.byAt(by, at)}</span> },
    {
      key: 'act',
      head: w.act,
      cell: ({ id, name }) => (
        <span className="inline">
          <a href={`${base}/${id}`} target="_blank" rel="noreferrer" aria-label={w.openOf(name)}>
            {w.open}
          </a>
          {mayKeep && (
            <Link to={`${base}/${id}/remove`} aria-label={w.removeOf(name)}>
              {w.remove}
            </Link>
          )}
        </span>
      ),
    },
  ]
  return <Table caption={caption} columns={columns} rows={documents} rowKey={({ id }) => id} isCards />
}

function AddForm({ part, refusal }: { part: UploadedPart; refusal: PartRefusal | null }) {
  const w = useWords(classFileWords)
  return (
    <PostForm action={`?part=${part}`} encType="multipart/form-data" className="form" noValidate preventScrollReset>
      <TextField
        id={`file-${part}`}
        name="file"
        type="file"
        multiple
        label={w.add(w.parts[part])}
        hint={w.addHint}
        error={saidInField(useSaid(refusal?.kept))}
        accept=".pdf,.jpg,.jpeg,.png,.webp,.docx,.xlsx,image/jpeg,image/png,image/webp,application/pdf"
      />
      <div>
        <SubmitButton kind="plain">{w.submit}</SubmitButton>
      </div>
    </PostForm>
  )
}

/** What is said of a form that came back: each document that was not kept by its name, and (`rest`) what became of the others. */
export function useSaid(kept: Kept | undefined): { faults: string[]; rest: string | null } {
  const w = useWords(classFileWords)
  if (!kept) return { faults: [], rest: null }
  if (!kept.ok) return { faults: [w.form[kept.reason]], rest: null }
  const faults = kept.refused.map(({ fileName, reason }) => w.faultOf(fileName, w.faults[reason]))
  return { faults, rest: w.keptOnly(kept.kept) }
}

/** The same beside the field. */
export const saidInField = ({ faults, rest }: ReturnType<typeof useSaid>): string[] =>
  rest === null ? faults : [...faults, rest]
