import { isDateString } from '#app/lib/calendar.ts'
import { CERTIFICATE_TYPES, type CertificateType, LEVELS, type Level } from '#db/values.ts'
import { contradictingLevelDigit, isCertificateNumber, LEVELLED_TYPES, normaliseCertificateNumber } from './numbers.ts'

/** What the certificates of one form have in common, as typed. */
export type BatchEntry = { type: string; level: string; workItem: string; issuer: string; issuedOn: string }

/** What they have in common, read. */
export type Batch = {
  type: CertificateType
  level: Level | null
  workItem: string
  issuer: string | null
  issuedOn: string
}

export type BatchField = 'type' | 'level' | 'workItem' | 'issuer' | 'issuedOn'
export type BatchFault = 'required' | 'too_long' | 'date' | 'ahead'

const MOST_CHARACTERS = 100

/** Reads what the certificates of a form share, by the ledger's columns 22 and 24 to 27. `today` is Shanghai's date. */
export function readBatch(
  entry: BatchEntry,
  today: string,
): { batch: Batch } | { faults: { field: BatchField; fault: BatchFault }[] } {
  const faults: { field: BatchField; fault: BatchFault }[] = []
  const type = CERTIFICATE_TYPES.find((known) => known === entry.type)
  const level = LEVELS.find((known) => known === entry.level) ?? null
  const [workItem, issuer, issuedOn] = [entry.workItem.trim(), entry.issuer.trim(), entry.issuedOn.trim()]
  if (!type) faults.push({ field: 'type', fault: 'required' })
  if (type && LEVELLED_TYPES.has(type) && level === null) faults.push({ field: 'level', fault: 'required' })
  if ([...workItem].length > MOST_CHARACTERS) faults.push({ field: 'workItem', fault: 'too_long' })
  if ([...issuer].length > MOST_CHARACTERS) faults.push({ field: 'issuer', fault: 'too_long' })
  if (issuedOn === '') faults.push({ field: 'issuedOn', fault: 'required' })
  else if (!isDateString(issuedOn)) faults.push({ field: 'issuedOn', fault: 'date' })
  else if (issuedOn > today) faults.push({ field: 'issuedOn', fault: 'ahead' })
  if (faults.length > 0 || !type) return { faults }
  return { batch: { type, level: LEVELLED_TYPES.has(type) ? level : null, workItem, issuer: issuer || null, issuedOn } }
}

/**
 * One row of the form as typed: the number of a certificate that a passed assessment earned; empty changes nothing. `own`: what
 * this certificate says otherwise than the others; what is empty there is as they all have it.
 */
export type NumberEntry = { assessmentId: string; number: string; own?: Partial<BatchEntry> }

export type NumberFault =
  | 'form_skill_level'
  | 'form_qualification'
  | 'form_other'
  | 'own_type' // what the row says by itself is no type …
  | 'own_level' // … or no level, or none where the type has one
  | 'own_date'
  | 'own_ahead'
  | 'own_too_long'
  | 'issued_early' // before the assessment
  | 'level_digit' // the 16th character contradicts the level, and nobody said that it was checked
  | 'twice' // in this form
  | 'taken' // by another certificate of the province, same type and work item
  | 'reason_needed'
  | 'gone'

const OWN_FAULTS: Record<BatchFault, NumberFault> = {
  required: 'own_type',
  date: 'own_date',
  ahead: 'own_ahead',
  too_long: 'own_too_long',
}

/**
 * Reads what one certificate says: by itself where its row does, else as all of the form do. Faults stand where they were typed: in
 * the row, or in what is shared.
 */
export function readOwnBatch(
  shared: BatchEntry,
  own: Partial<BatchEntry> = {},
  today: string,
): { batch: Batch } | { shared: { field: BatchField; fault: BatchFault }[]; own: NumberFault[] } {
  const said = Object.fromEntries(Object.entries(own).filter(([, text]) => text.trim() !== '')) as Partial<BatchEntry>
  const isOwnType = said.type !== undefined && said.type !== shared.type
  // A row of another type does not take over the level of the others.
  const read = readBatch({ ...shared, ...(isOwnType ? { level: '', workItem: '' } : {}), ...said }, today)
  if ('batch' in read) return read
  const isOwn = ({ field }: { field: BatchField }) => said[field] !== undefined || (field === 'level' && isOwnType)
  return {
    shared: read.faults.filter((fault) => !isOwn(fault)),
    own: read.faults.filter(isOwn).map(({ field, fault }) => (field === 'level' ? 'own_level' : OWN_FAULTS[fault])),
  }
}

/** Checks one number against what the batch says and the day of its assessment. */
export function readNumber(
  written: string,
  batch: Batch,
  assessedOn: string,
  isDigitChecked: boolean,
): { number: string } | { fault: NumberFault } {
  const number = normaliseCertificateNumber(written)
  const { type, level } = batch
  if (!isCertificateNumber(type, number, level))
    return { fault: type === 'skill_level' || type === 'qualification' ? `form_${type}` : 'form_other' }
  if (batch.issuedOn < assessedOn) return { fault: 'issued_early' }
  const isOdd = type === 'skill_level' && level !== null && contradictingLevelDigit(number, level) !== null
  return isOdd && !isDigitChecked ? { fault: 'level_digit' } : { number }
}
