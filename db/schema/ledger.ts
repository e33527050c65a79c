import { sql } from 'drizzle-orm'
import { bigint, boolean, check, index, integer, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { UNDO_STATES, UNDO_STEPS, UPLOAD_STATES } from '../values.ts'
import { academy } from './academies.ts'
import { account } from './accounts.ts'
import { bytea, id, instant, oneOf } from './kit.ts'
import { overseers, ownAcademy, policies, province, purposeIn } from './rls.ts'

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

/**
 * A file that an academy uploaded, on its way to an import. It is its own job: `received`, `mapped` and `importing` wait for a
 * worker (app/features/ledger/upload-jobs.server.ts). The file itself lies below DATA_DIR, named like `id`.
 */
export const ledgerUpload = pgTable(
  'ledger_upload',
  {
    academyId: uuid('academy_id')
      .notNull()
      .references(() => academy.id),
    id: id().notNull(),
    accountId: uuid('account_id')
      .notNull()
      .references(() => account.id),
    /** As the browser named it. */
    fileName: text('file_name').notNull(),
    bytes: bigint('bytes', { mode: 'number' }).notNull(),
    /** SHA-256 of the file's bytes. */
    digest: bytea('digest').notNull(),
    state: text('state').notNull(),
    /** What the file looks like: per sheet its name, header and guesses, with samples masked. Empty before it was read. */
    sheets: jsonb('sheets').notNull(),
    /** Names of the chosen sheets. */
    chosen: jsonb('chosen').notNull(),
    /** Header as written → field of the ledger, or `ignored`. */
    mapping: jsonb('mapping').notNull(),
    /** Field → value of the whole file. Never a name, document or phone. */
    constants: jsonb('constants').notNull(),
    /** Of whoever uploaded it: the language in which the rows with errors go out to be mended. */
    locale: text('locale').notNull(),
    /** Only the rows without errors. */
    validOnly: boolean('valid_only').notNull().default(false),

    /** How far the job is: `reading`, `comparing`, `writing`; null while it waits. */
    phase: text('phase'),
    rowsRead: integer('rows_read').notNull().default(0),
    /** About how many rows there are to read; null: not known. */
    rowsTotal: integer('rows_total'),
    /** Times that the job was begun; reset by every decision. */
    attempts: integer('attempts').notNull().default(0),
    /** Not before then, after a failure; null: at once. */
    waitUntil: instant('wait_until'),

    /** Counts of data rows by the last check, or by the import; null before. */
    rows: integer('rows'),
    created: integer('created'),
    corrected: integer('corrected'),
    unchanged: integer('unchanged'),
    rejected: integer('rejected'),
    /** The first 1,000 problems of each kind, as codes and parameters that hold no whole personal number. */
    errors: jsonb('errors').notNull().default([]),
    warnings: jsonb('warnings').notNull().default([]),
    /** The first 1,000 corrections with old and new values, sealed: names are among them. Null once nobody needs them. */
    correctionsSealed: bytea('corrections_sealed'),
    /** What it became; null: nothing was written. */
    importId: uuid('import_id').references(() => ledgerImport.id),

    uploadedAt: instant('uploaded_at').notNull(),
    /** The last decision or result: what nobody touches for days is removed. */
    touchedAt: instant('touched_at').notNull(),
    /** When the file was removed from the disk; null while it lies there. */
    removedAt: instant('removed_at'),
  },
  (t) => [
    primaryKey({ columns: [t.academyId, t.id] }),
    index('ledger_upload_waiting').on(t.touchedAt).where(sql`${t.state} in ('received', 'mapped', 'importing')`),
    index('ledger_upload_kept').on(t.touchedAt).where(sql`${t.removedAt} is null`),
    index('ledger_upload_import').on(t.importId),
    index('ledger_upload_account').on(t.accountId, t.uploadedAt),
    check('ledger_upload_state', oneOf(t.state, UPLOAD_STATES)),
    ...policies('ledger_upload', {
      read: [ownAcademy(t.academyId), purposeIn('ledger')],
      insert: [ownAcademy(t.academyId)],
      update: [ownAcademy(t.academyId), purposeIn('ledger')],
    }),
  ],
)

/**
 * An import that somebody asked to have undone in the browser. It is its own job: `waiting` waits for the worker
 * (app/features/ledger/undo-jobs.server.ts). One undone from the shell has no row here.
 */
export const ledgerUndo = pgTable(
  'ledger_undo',
  {
    academyId: uuid('academy_id')
      .notNull()
      .references(() => academy.id),
    importId: uuid('import_id')
      .notNull()
      .references(() => ledgerImport.id),
    /** Who asked. */
    accountId: uuid('account_id')
      .notNull()
      .references(() => account.id),
    state: text('state').notNull(),
    /** What it does just now; null while it waits, and afterwards. */
    step: text('step'),
    /** Times that the job was begun; reset when somebody asks again. */
    attempts: integer('attempts').notNull().default(0),
    /** Not before then, after a failure; null: at once. */
    waitUntil: instant('wait_until'),
    /** Records that went, and that say again what they said; null before. */
    removed: integer('removed'),
    restored: integer('restored'),
    askedAt: instant('asked_at').notNull(),
    endedAt: instant('ended_at'),
  },
  (t) => [
    primaryKey({ columns: [t.academyId, t.importId] }),
    index('ledger_undo_waiting').on(t.askedAt).where(sql`${t.state} = 'waiting'`),
    check('ledger_undo_state', oneOf(t.state, UNDO_STATES)),
    check('ledger_undo_step', sql`${t.step} is null or ${oneOf(t.step, UNDO_STEPS)}`),
    ...policies('ledger_undo', {
      read: [ownAcademy(t.academyId), purposeIn('ledger')],
      insert: [ownAcademy(t.academyId)],
      update: [ownAcademy(t.academyId), purposeIn('ledger')],
    }),
  ],
)

/** What an academy once said that one of its own headers means. */
export const ledgerMapping = pgTable(
  'ledger_mapping',
  {
    academyId: uuid('academy_id')
      .notNull()
      .references(() => academy.id),
    /** Normalised like the ledger's own headers. */
    header: text('header').notNull(),
    /** The field of the ledger, or `ignored`. */
    field: text('field').notNull(),
    accountId: uuid('account_id')
      .notNull()
      .references(() => account.id),
    at: instant('at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.academyId, t.header] }),
    ...policies('ledger_mapping', {
      read: [ownAcademy(t.academyId), purposeIn('ledger')],
      insert: [ownAcademy(t.academyId)],
      remove: [ownAcademy(t.academyId)],
    }),
  ],
)
