import { Card, Empty } from '#app/ui/card.tsx'
import { TextField } from '#app/ui/field.tsx'
import { Link } from '#app/ui/link.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { PostForm } from '#app/ui/post-form.tsx'
import { SubmitButton } from '#app/ui/submit-button.tsx'
import { type Column, Table } from '#app/ui/table.tsx'
import { templateWords } from './template-words.ts'
import type { KeepRefusal } from './templates.server.ts'
import type { TemplatesPage } from './templates-page.server.ts'

/** A class that is to be kept as a template, under a name of its own. */
export function KeepTemplate({
  source,
  refused,
}: {
  source: NonNullable<TemplatesPage['source']>
  refused: { name: string; reason: KeepRefusal } | null
}) {
  const { keep: w } = useWords(templateWords)
  return (
    <Card title={w.title(source.name)}>
      <PostForm className="form" noValidate>
        <p className="soft">{w.hint}</p>
        <input type="hidden" name="class" value={source.id} />
        <TextField
          name="name"
          label={w.name}
          maxLength={60}
          defaultValue={refused?.name ?? source.name.slice(0, 60)}
          error={refused && w.errors[refused.reason]}
          autoComplete="off"
        />
        <div>
          <SubmitButton name="intent" value="keep">
            {w.submit}
          </SubmitButton>
        </div>
      </PostForm>
    </Card>
  )
}

type Listed = TemplatesPage['templates'][number]

export function TemplatesList({ templates }: { templates: readonly Listed[] }) {
  const { list: w } = useWords(templateWords)
  const columns: Column<Listed>[] = [
    { key: 'name', head: w.name, isRowHead: true, cell: ({ name }) => name },
    {
      key: 'rhythm',
      head: w.rhythm,
      cell: ({ isOnline, sessions, hours, sittings }) => (isOnline ? w.online : w.sessions(sessions, hours, sittings)),
    },
    {
      key: 'act',
      head: w.act,
      cell: ({ id }) => (
        <div className="inline">
          <Link to={`?template=${id}`}>{w.use}</Link>
          <PostForm>
            <input type="hidden" name="template" value={id} />
            <SubmitButton kind="quiet" name="intent" value="remove">
              {w.remove}
            </SubmitButton>
          </PostForm>
        </div>
      ),
    },
  ]
  if (templates.length === 0) return <Empty icon="class">{w.none}</Empty>
  return <Table caption={w.caption} columns={columns} rows={templates} rowKey={({ id }) => id} isCards />
}
