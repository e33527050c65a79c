import { type SQL, sql } from 'drizzle-orm'
import { sendAll, type Tx } from '#db/client.server.ts'

/**
 * Statements that make the assessments and certificates of an import that are new, from `staged_assessment` (academy_id, id, enrolment_id,
 * assessed_on, result, is_new) and `staged_certificate` (academy_id, id, assessment_id, type, work_item, number,
 * number_sealed (for that id), number_index, level, issuer, issued_on, status (null: valid), is_new).
 */
export const assessmentsToAdd = ({ importId, now }: { importId: string; now: Date }): SQL[] => [
  sql`
    insert into assessment (academy_id, id, enrolment_id, assessed_on, result, import_id, created_at)
    select n.academy_id, n.id, n.enrolment_id, n.assessed_on, n.result, ${importId}::uuid, ${now.toISOString()}::timestamptz
    from staged_assessment n where n.is_new`,
  sql`
    insert into certificate (academy_id, id, assessment_id, type, work_item, number, number_sealed, number_index, level,
      issuer, issued_on, status, import_id, created_at)
    select n.academy_id, n.id, n.assessment_id, n.type, n.work_item, n.number, n.number_sealed, n.number_index, n.level,
      n.issuer, n.issued_on, coalesce(n.status, 'valid'), ${importId}::uuid, ${now.toISOString()}::timestamptz
    from staged_certificate n where n.is_new`,
  sql`
    insert into certificate_number (type, work_item, number_index, academy_id, certificate_id)
    select n.type, n.work_item, n.number_index, n.academy_id, n.id from staged_certificate n where n.is_new`,
]

/**
 * Statements that correct the assessments and certificates that an import changes (`is_changed`): what they said goes to `staged_revision`,
 * what the file leaves empty stays. A sealed number is sealed for the certificate's own id.
 */
export const assessmentsToCorrect = (): SQL[] => [
  sql`
    insert into staged_revision
    select a.academy_id, 'assessment', a.id, to_jsonb(a) from assessment a
    join staged_assessment n on n.academy_id = a.academy_id and n.id = a.id and n.is_changed for update of a`,
  sql`
    update assessment a set result = n.result from staged_assessment n
    where a.academy_id = n.academy_id and a.id = n.id and n.is_changed`,
  sql`
    insert into staged_revision
    select c.academy_id, 'certificate', c.id, to_jsonb(c) from certificate c
    join staged_certificate n on n.academy_id = c.academy_id and n.id = c.id and n.is_changed for update of c`,
  sql`
    update certificate c set number = n.number, number_index = n.number_index,
      number_sealed = case when n.is_renumbered then n.number_sealed else c.number_sealed end,
      level = n.level, issuer = coalesce(n.issuer, c.issuer), issued_on = n.issued_on, status = coalesce(n.status, c.status)
    from staged_certificate n
    where c.academy_id = n.academy_id and c.id = n.id and n.is_changed`,
  ...registerNumbers(sql`select n.academy_id, n.id from staged_certificate n where n.is_renumbered`),
]

/** Enters the numbers of certificates in the province's register, in the place of what these had there before. */
const registerNumbers = (certificates: SQL): SQL[] => [
  sql`
    delete from certificate_number h using (${certificates}) k (academy_id, id)
    where h.academy_id = k.academy_id and h.certificate_id = k.id`,
  sql`
    insert into certificate_number (type, work_item, number_index, academy_id, certificate_id)
    select c.type, c.work_item, c.number_index, c.academy_id, c.id
    from (${certificates}) k (academy_id, id)
    join certificate c on c.academy_id = k.academy_id and c.id = k.id`,
]

/**
 * Takes an import back: removes the certificates and assessments that it made, and puts those that it corrected back to
 * what their revisions say; what they said until now goes to `staged_revision`.
 */
export async function undoImportedAssessments(
  tx: Tx,
  importId: string,
): Promise<{ removed: number; restored: number }> {
  const certificates = await tx.execute(sql`delete from certificate c where c.import_id = ${importId}::uuid`)
  const assessments = await tx.execute(sql`delete from assessment a where a.import_id = ${importId}::uuid`)
  await tx.execute(sql`
    insert into staged_revision
    select a.academy_id, 'assessment', a.id, to_jsonb(a) from assessment a
    join revision r on r.academy_id = a.academy_id and r.fact_id = a.id and r.fact = 'assessment'
    where r.import_id = ${importId}::uuid for update of a`)
  const results = await tx.execute(sql`
    update assessment a set result = b.result
    from revision r cross join lateral jsonb_populate_record(null::assessment, r.before) b
    where r.import_id = ${importId}::uuid and r.fact = 'assessment' and a.academy_id = r.academy_id and a.id = r.fact_id`)
  await tx.execute(sql`
    insert into staged_revision
    select c.academy_id, 'certificate', c.id, to_jsonb(c) from certificate c
    join revision r on r.academy_id = c.academy_id and r.fact_id = c.id and r.fact = 'certificate'
    where r.import_id = ${importId}::uuid for update of c`)
  const restored = await tx.execute(sql`
    update certificate c set number = b.number, number_sealed = b.number_sealed, number_index = b.number_index,
      level = b.level, issuer = b.issuer, issued_on = b.issued_on, status = b.status
    from revision r cross join lateral jsonb_populate_record(null::certificate, r.before) b
    where r.import_id = ${importId}::uuid and r.fact = 'certificate' and c.academy_id = r.academy_id and c.id = r.fact_id`)
  await sendAll(
    tx,
    registerNumbers(
      sql`select r.academy_id, r.fact_id from revision r where r.import_id = ${importId}::uuid and r.fact = 'certificate'`,
    ),
  )
  return { removed: certificates.count + assessments.count, restored: results.count + restored.count }
}
