import { system } from '#app/features/accounts/actor.ts'
import { within } from '#app/features/accounts/as.server.ts'
import { type PlaceNews, tellOfPlaces } from '#app/features/training/places-told.server.ts'
import type { Tx } from '#db/client.server.ts'
import type { Result } from '#db/values.ts'

type OfClass = { academyId: string; academyCode: string; classId: string; className: string; now: Date }

/**
 * Tells workers of a class that results of theirs were confirmed: each once, of the latest sitting of those confirmed together. Runs as
 * the administrator who confirmed them.
 */
export async function tellOfResults(
  tx: Tx,
  of: OfClass & { results: readonly { proposalId: string; enrolmentId: string; assessedOn: string; result: Result }[] },
): Promise<void> {
  const inOrder = [...of.results].sort((one, other) => (one.assessedOn < other.assessedOn ? -1 : 1))
  const latest = [...new Map(inOrder.map((one) => [one.enrolmentId, one])).values()]
  const news = latest.map(({ proposalId, enrolmentId, result }) => ({
    ...{ enrolmentId, subjectId: proposalId, detail: { ...detailOf(of), result } },
  }))
  await tell(tx, of, 'results.confirmed', news)
}

/**
 * Tells workers that certificates of theirs were entered: each once, however many one form brought. Runs as the administrator who
 * entered them.
 */
export async function tellOfCertificates(
  tx: Tx,
  of: OfClass & { certificates: readonly { certificateId: string; enrolmentId: string }[]; isInAppOnly?: boolean },
): Promise<void> {
  const news = of.certificates.map(({ certificateId, enrolmentId }) => ({
    ...{ enrolmentId, subjectId: certificateId, detail: detailOf(of) },
  }))
  await tell(tx, of, 'certificate.entered', news)
}

const detailOf = ({ academyCode, classId, className }: OfClass) => ({
  ...{ academyCode, classId, title: className, titleEn: className, until: null },
})

async function tell<K extends 'results.confirmed' | 'certificate.entered'>(
  tx: Tx,
  { academyId, className, isInAppOnly, now }: OfClass & { isInAppOnly?: boolean },
  kind: K,
  news: readonly PlaceNews<K>[],
): Promise<void> {
  // Who passed a union sees on its page of the class.
  const union = { title: className, titleEn: className }
  await within(tx, system('results'), (tx) => tellOfPlaces(tx, { academyId, kind, news, union, isInAppOnly, now }))
}
