import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { system } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { requireViewer } from '#app/features/accounts/guard.server.ts'
import { readSystemState } from '#app/features/ops/state.server.ts'
import { words } from '#app/features/ops/state-words.ts'
import { words as dateWords } from '#app/lib/date-words.ts'
import { pageTitle } from '#app/routes/shell/title.ts'
import { Card, Section } from '#app/ui/card.tsx'
import { KeyValue } from '#app/ui/lists.tsx'
import { useLocale, useWords } from '#app/ui/locale.tsx'
import { PageHead } from '#app/ui/page-head.tsx'
import { Table } from '#app/ui/table.tsx'

export const meta: MetaFunction = (args) => pageTitle(args, words, (w) => w.title)

export async function loader(args: LoaderFunctionArgs) {
  requireViewer(args, 'system.operate')
  return as(system('health'), (tx) => readSystemState(tx, new Date()))
}

export default function State() {
  const w = useWords(words)
  const { instant } = useWords(dateWords)
  const locale = useLocale()
  const state = useLoaderData<typeof loader>()
  const count = new Intl.NumberFormat(locale)
  const megabytes = (bytes: number) => w.megabytes(count.format(Math.round(bytes / 1_048_576)))
  return (
    <>
      <PageHead title={w.title} meta={w.lead} />
      <Card>
        <KeyValue
          facts={[
            { label: w.version, value: state.version },
            { label: w.node, value: state.node },
            { label: w.database, value: (state.isEmbedded ? w.embedded : w.own)(state.database) },
            { label: w.migrations, value: w.applied(state.migrations) },
            { label: w.size, value: megabytes(state.databaseBytes) },
            { label: w.memory, value: megabytes(state.memoryBytes) },
            { label: w.startedAt, value: instant(state.startedAt) },
          ]}
        />
      </Card>
      <Section title={w.tables}>
        <div className="stack">
          <p className="soft small">{w.tablesNote}</p>
          <Table
            caption={w.caption}
            rows={state.tables}
            rowKey={(table) => table.name}
            columns={[
              { key: 'name', head: w.table, isRowHead: true, cell: (table) => <code>{table.name}</code> },
              { key: 'rows', head: w.rows, isNumeric: true, cell: (table) => count.format(table.rows) },
            ]}
          />
        </div>
      </Section>
    </>
  )
}
