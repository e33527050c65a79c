import { sql } from 'drizzle-orm'
import { boolean, index, integer, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { academy } from './academies.ts'
import { bytea, id, instant } from './kit.ts'
import { overseers, policies, province, purposeIn } from './rls.ts'

/** One file that was imported. The facts that it made carry its id; the values it corrected are revisions. */
export const ledgerImport = pgTable(
  'ledger_import',
  {
    id: id().primaryKey(),
    fileName: text('file_name').notNull(),
    /** SHA-256 of the file's bytes. */
    digest: bytea('digest').notNull(),
    /** `utf-8` or `gb18030`. */
    encoding: text('encoding').notNull(),
    validOnly: boolean('valid_only').notNull(),
    /** Counts of data rows. */
    rows: integer('rows').notNull(),
    created: integer('created').notNull(),
    unchanged: integer('unchanged').notNull(),
    corrected: integer('corrected').notNull(),
    rejected: integer('rejected').notNull(),
    /** Who imported it; null from the shell. */
    accountId: uuid('account_id'),
    at: instant('at').notNull(),
    undoneAt: instant('undone_at'),
    undoneBy: uuid('undone_by'),
  },
  (t) => [
    index('ledger_import_at').on(t.at),
    ...policies('ledger_import', {
      read: [
        sql`exists (select 1 from ledger_import_academy lia where lia.import_id = ${t.id})`,
        province,
        purposeIn('ledger'),
      ],
      insert: [purposeIn('ledger')],
      update: [purposeIn('ledger')],
    }),
  ],
)

/** Which academies a file was about: each sees its own imports. */
export const ledgerImportAcademy = pgTable(
  'ledger_import_academy',
  {
    academyId: uuid('academy_id')
      .notNull()
      .references(() => academy.id),
    importId: uuid('import_id')
      .notNull()
      .references(() => ledgerImport.id),
    rows: integer('rows').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.academyId, t.importId] }),
    index('ledger_import_academy_import').on(t.importId),
    ...policies('ledger_import_academy', {
      read: [...overseers(t.academyId), purposeIn('ledger')],
      insert: [purposeIn('ledger')],
    }),
  ],
)
