import { sql } from 'drizzle-orm'
import { maskCertificateNumber, maskPhone } from '#app/features/persons/masking.ts'
import { open } from '#app/features/persons/vault.server.ts'
import type { Tx } from '#db/client.server.ts'
import type { Field } from './columns.ts'
import { placeOf } from './position.ts'
import { LIMITS } from './record.ts'
import type { Sheet } from './source.ts'
import type { Correction } from './upload.ts'
import {
  CATEGORY_WORDS,
  CERTIFICATE_STATUS_WORDS,
  DECLARED_LEVEL_WORDS,
  RESULT_WORDS,
  type Vocabulary,
} from './vocabulary.ts'

type Found = {
  position: number
  field: Field | 'seat'
  name: string
  classCode: string
  before: string | null
  after: string | null
  /** Of sealed values: the rows they are bound to. */
  beforeSealed: Buffer | null
  beforeId: string
  afterSealed: Buffer | null
  afterId: string
}

/**
 * What the staged rows change of what is recorded: a line per value, in the order of the file, the first 1,000. Call once
 * the rows are resolved, before they are written. Phones and certificate numbers are masked.
 */
export async function listCorrections(tx: Tx, sheets: readonly Sheet[]): Promise<Correction[]> {
  const rows = (await tx.execute(sql`
    with changed as (
      select n.first_row, v.field, e.name, c.code, v.before, v.after, v.before_sealed, e.id as before_id, v.after_sealed,
        n.candidate as after_id
      from staged_enrolment n
      join enrolment e on e.academy_id = n.academy_id and e.id = n.id
      join class c on c.academy_id = n.academy_id and c.id = n.class_id
      cross join lateral (values
        ('seat', e.seat, 'enrolled', null::bytea, null::bytea),
        ('name', e.name, n.name, null, null),
        ('phone', encode(e.phone_index, 'hex'), encode(n.phone_index, 'hex'), e.phone_sealed, n.phone_sealed),
        ('category', e.category, n.category, null, null),
        ('employer', e.employer, n.employer, null, null),
        ('declaredLevel', e.declared_level, n.declared_level, null, null),
        ('hoursAttended', e.hours_attended::text, n.hours_attended::text, null, null),
        ('practicalHoursAttended', e.practical_hours_attended::text, n.practical_hours_attended::text, null, null),
        ('completedOn', e.completed_on::text, n.completed_on::text, null, null)
      ) v (field, before, after, before_sealed, after_sealed)
      where n.is_changed and v.before is distinct from v.after
        and (v.after is not null or v.field in ('hoursAttended', 'practicalHoursAttended'))
      union all
      select a.first_row, 'result', e.name, c.code, o.result, a.result, null, o.id, null, a.candidate
      from staged_assessment a
      join assessment o on o.academy_id = a.academy_id and o.id = a.id
      join enrolment e on e.academy_id = a.academy_id and e.id = a.enrolment_id
      join class c on c.academy_id = e.academy_id and c.id = e.class_id
      where a.is_changed
      union all
      select k.first_row, v.field, e.name, c.code, v.before, v.after, v.before_sealed, o.id, v.after_sealed, k.candidate
      from staged_certificate k
      join certificate o on o.academy_id = k.academy_id and o.id = k.id
      join assessment a on a.academy_id = o.academy_id and a.id = o.assessment_id
      join enrolment e on e.academy_id = a.academy_id and e.id = a.enrolment_id
      join class c on c.academy_id = e.academy_id and c.id = e.class_id
      cross join lateral (values
        ('certificateNumber', coalesce(o.number, encode(o.number_index, 'hex')),
          coalesce(k.number, encode(k.number_index, 'hex')), o.number_sealed, k.number_sealed),
        ('level', o.level, k.level, null::bytea, null::bytea),
        ('issuer', o.issuer, k.issuer, null, null),
        ('issuedOn', o.issued_on::text, k.issued_on::text, null, null),
        ('certificateStatus', o.status, k.status, null, null)
      ) v (field, before, after, before_sealed, after_sealed)
      where k.is_changed and v.before is distinct from v.after
        and (v.after is not null or v.field = 'level'))
    select first_row as position, field, name, code as "classCode", before, after, before_sealed as "beforeSealed",
      before_id as "beforeId", after_sealed as "afterSealed", after_id as "afterId"
    from changed order by first_row, field limit ${LIMITS.reported}`)) as unknown as Found[]
  return rows.map(({ position, field, name, classCode, ...values }) => {
    const { sheet, row } = placeOf(position, sheets.length)
    const { before, after, beforeSealed, beforeId, afterSealed, afterId } = values
    return {
      sheet: sheets[sheet]?.name ?? null,
      row,
      field,
      name,
      classCode,
      before: shown(field, before, beforeSealed, beforeId),
      after: shown(field, after, afterSealed, afterId),
    }
  })
}

const VOCABULARIES: Partial<Record<Field | 'seat', Vocabulary<string>>> = {
  category: CATEGORY_WORDS,
  declaredLevel: DECLARED_LEVEL_WORDS,
  level: DECLARED_LEVEL_WORDS,
  result: RESULT_WORDS,
  certificateStatus: CERTIFICATE_STATUS_WORDS,
}

function shown(field: Found['field'], value: string | null, sealed: Buffer | null, id: string): string | null {
  if (value === null) return null
  if (field === 'phone') return sealed ? maskPhone(open('enrolment.phone', id, sealed)) : null
  if (field === 'certificateNumber')
    return maskCertificateNumber(sealed ? open('certificate.number', id, sealed) : value, 'working')
  if (field === 'hoursAttended' || field === 'practicalHoursAttended') return value.replace(/\.0$/, '')
  return VOCABULARIES[field]?.[value]?.[0] ?? value
}
