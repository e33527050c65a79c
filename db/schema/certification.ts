import { type SQLWrapper, sql } from 'drizzle-orm'
import { check, foreignKey, index, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { CERTIFICATE_STATUSES, CERTIFICATE_TYPES, LEVELS, RESULTS } from '../values.ts'
import { bytea, day, id, instant, oneOf, score } from './kit.ts'
import { account, handler, overseers, ownAcademy, policies, purposeIn } from './rls.ts'
import { enrolment } from './training-enrolments.ts'

/**
 * What an academy writes of an assessment itself was entered by one of its people and is confirmed by another, who does not
 * teach the class: the proposal stands in `proposed_result`. The second wall behind certification/confirm.server.ts.
 */
const confirmedByAnother = (
  t: Record<'academyId' | 'enrolmentId' | 'assessedOn' | 'result' | 'theoryScore' | 'practicalScore', SQLWrapper>,
) =>
  sql`(${ownAcademy(t.academyId)} and exists (select 1 from proposed_result p
    where p.academy_id = ${t.academyId} and p.enrolment_id = ${t.enrolmentId} and p.assessed_on = ${t.assessedOn}
      and p.result = ${t.result} and p.theory_score is not distinct from ${t.theoryScore}
      and p.practical_score is not distinct from ${t.practicalScore}
      and p.state = 'open' and p.proposed_by <> ${account}
      and not exists (select 1 from enrolment e join class_staff cs on cs.academy_id = e.academy_id and cs.class_id = e.class_id
        where e.academy_id = p.academy_id and e.id = p.enrolment_id and cs.account_id = ${account})))`

/** An assessment (考核): one attempt of one enrolled worker, whose result was confirmed. */
export const assessment = pgTable(
  'assessment',
  {
    academyId: uuid('academy_id').notNull(),
    id: id().notNull(),
    enrolmentId: uuid('enrolment_id').notNull(),
    assessedOn: day('assessed_on').notNull(),
    result: text('result').notNull(),
    /** Of 100; null where not recorded. */
    theoryScore: score('theory_score'),
    practicalScore: score('practical_score'),
    importId: uuid('import_id'),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.academyId, t.id] }),
    uniqueIndex('assessment_once').on(t.academyId, t.enrolmentId, t.assessedOn),
    index('assessment_date').on(t.academyId, t.assessedOn),
    index('assessment_import').on(t.importId).where(sql`${t.importId} is not null`),
    foreignKey({ columns: [t.academyId, t.enrolmentId], foreignColumns: [enrolment.academyId, enrolment.id] }),
    check('assessment_result', oneOf(t.result, RESULTS)),
    check('assessment_scores', sql`${t.theoryScore} between 0 and 100 and ${t.practicalScore} between 0 and 100`),
    ...policies('assessment', {
      read: [
        ...overseers(t.academyId),
        // The worker's own and the instructor's own class: whoever may see the enrolment.
        sql`exists (select 1 from enrolment e where e.academy_id = ${t.academyId} and e.id = ${t.enrolmentId})`,
        purposeIn('ledger', 'figures', 'seats'),
      ],
      insert: [confirmedByAnother(t), purposeIn('ledger')],
      // Locked by whoever may confirm; what is written must be confirmed.
      update: [ownAcademy(t.academyId), handler, purposeIn('ledger')],
      updateTo: [confirmedByAnother(t), handler, purposeIn('ledger')],
      remove: [purposeIn('ledger')],
    }),
  ],
)

/** A certificate that a passed assessment earned. */
export const certificate = pgTable(
  'certificate',
  {
    academyId: uuid('academy_id').notNull(),
    id: id().notNull(),
    assessmentId: uuid('assessment_id').notNull(),
    type: text('type').notNull(),
    /** 作业项目 of a special-operation or special-equipment licence; empty for the others. */
    workItem: text('work_item').notNull().default(''),
    /** Plain number; null where it is sealed. */
    number: text('number'),
    /** The number of a special-operation licence, which contains the document number; null for the others. */
    numberSealed: bytea('number_sealed'),
    /** HMAC of the number, of every type: what is unique province-wide (certificate_number). */
    numberIndex: bytea('number_index').notNull(),
    /** With skill_level and qualification; null otherwise. */
    level: text('level'),
    issuer: text('issuer'),
    issuedOn: day('issued_on').notNull(),
    status: text('status').notNull(),
    importId: uuid('import_id'),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.academyId, t.id] }),
    uniqueIndex('certificate_once').on(t.academyId, t.assessmentId, t.type, t.workItem),
    index('certificate_import').on(t.importId).where(sql`${t.importId} is not null`),
    foreignKey({ columns: [t.academyId, t.assessmentId], foreignColumns: [assessment.academyId, assessment.id] }),
    check('certificate_type', oneOf(t.type, CERTIFICATE_TYPES)),
    check('certificate_level', oneOf(t.level, LEVELS)),
    check('certificate_levelled', sql`(${t.level} is not null) = (${t.type} in ('skill_level', 'qualification'))`),
    check('certificate_status', oneOf(t.status, CERTIFICATE_STATUSES)),
    check(
      'certificate_number_kept',
      sql`(${t.number} is null) = (${t.type} = 'special_operation') and (${t.number} is null) <> (${t.numberSealed} is null)`,
    ),
    ...policies('certificate', {
      read: [
        ...overseers(t.academyId),
        sql`exists (select 1 from assessment s where s.academy_id = ${t.academyId} and s.id = ${t.assessmentId})`,
        purposeIn('ledger', 'figures', 'seats'),
      ],
      insert: [ownAcademy(t.academyId), purposeIn('ledger')],
      update: [ownAcademy(t.academyId), handler, purposeIn('ledger')],
      remove: [purposeIn('ledger')],
    }),
  ],
)

/** Every certificate number of the province, once per type and work item: no two certificates share one. */
export const certificateNumber = pgTable(
  'certificate_number',
  {
    type: text('type').notNull(),
    workItem: text('work_item').notNull(),
    numberIndex: bytea('number_index').notNull(),
    academyId: uuid('academy_id').notNull(),
    certificateId: uuid('certificate_id').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.type, t.workItem, t.numberIndex] }),
    uniqueIndex('certificate_number_of').on(t.academyId, t.certificateId),
    foreignKey({
      columns: [t.academyId, t.certificateId],
      foreignColumns: [certificate.academyId, certificate.id],
    }).onDelete('cascade'),
    ...policies('certificate_number', {
      read: [ownAcademy(t.academyId), handler, purposeIn('ledger')],
      insert: [ownAcademy(t.academyId), handler, purposeIn('ledger')],
      update: [ownAcademy(t.academyId), purposeIn('ledger')],
      remove: [ownAcademy(t.academyId), handler, purposeIn('ledger')],
    }),
  ],
)
