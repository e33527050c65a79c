import { sql } from 'drizzle-orm'
import type { Tx } from '#db/client.server.ts'
import { toldFrom } from './news.ts'
import { tellOfCertificates } from './told.server.ts'

type Row = {
  academyId: string
  academyCode: string
  classId: string
  className: string
  certificateId: string
  enrolmentId: string
}

/**
 * Tells workers of the certificates that an import has made, from `staged_certificate` (bulk.server.ts): the valid ones issued since
 * {@link toldFrom}, in the app alone, for nobody waits for them. Runs as system('ledger'), in the import's transaction.
 */
export async function tellOfImportedCertificates(tx: Tx, now: Date): Promise<void> {
  const rows = (await tx.execute(sql`
    select k.academy_id as "academyId", a.code as "academyCode", k.id as "classId", k.name as "className",
      n.id as "certificateId", e.id as "enrolmentId"
    from staged_certificate n
    join assessment s on s.academy_id = n.academy_id and s.id = n.assessment_id
    join enrolment e on e.academy_id = s.academy_id and e.id = s.enrolment_id
    join class k on k.academy_id = e.academy_id and k.id = e.class_id
    join academy a on a.id = k.academy_id
    where n.is_new and coalesce(n.status, 'valid') = 'valid' and n.issued_on >= ${toldFrom(now)}::date
    order by k.id, n.issued_on, n.id`)) as unknown as Row[]
  const classes = [...new Set(rows.map(({ classId }) => classId))]
  for (const id of classes) {
    const certificates = rows.filter(({ classId }) => classId === id)
    await tellOfCertificates(tx, { ...certificates[0]!, certificates, isInAppOnly: true, now })
  }
}
