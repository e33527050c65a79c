import { and, asc, count, desc, eq, inArray, isNull, ne } from 'drizzle-orm'
import type { Viewer } from '#app/features/accounts/actor.ts'
import { maskDocument } from '#app/features/persons/masking.ts'
import { open } from '#app/features/persons/vault.server.ts'
import { MOST_ROWS } from '#app/lib/form-rows.ts'
import type { Tx } from '#db/client.server.ts'
import { account, assessment, classStaff, enrolment, person, proposedResult } from '#db/schema/index.ts'
import type { ResultDoubt } from '#db/values.ts'
import { barToConfirm, type ConfirmBar } from './confirm.ts'
import { attemptOf } from './propose.server.ts'
import type { Attempt } from './results.ts'

const ofEnrolment = and(eq(enrolment.academyId, proposedResult.academyId), eq(enrolment.id, proposedResult.enrolmentId))

/** What somebody entered last for a worker and a day, where it waits or was returned. */
export type DeskProposal = Attempt & {
  enrolmentId: string
  assessedOn: string
  /** Who entered it. */
  by: string
  /** Null: it waits. Why it was returned otherwise. */
  returnedBecause: string | null
}

/** What was entered for some enrolments and is no fact: the last of each day, unless it was confirmed. */
export async function listProposals(
  tx: Tx,
  { academyId, enrolmentIds }: { academyId: string; enrolmentIds: string[] },
): Promise<DeskProposal[]> {
  if (enrolmentIds.length === 0) return []
  const rows = await tx
    .selectDistinctOn([proposedResult.enrolmentId, proposedResult.assessedOn], {
      proposal: proposedResult,
      by: account.displayName,
    })
    .from(proposedResult)
    .innerJoin(account, eq(account.id, proposedResult.proposedBy))
    .where(and(eq(proposedResult.academyId, academyId), inArray(proposedResult.enrolmentId, enrolmentIds)))
    .orderBy(proposedResult.enrolmentId, proposedResult.assessedOn, desc(proposedResult.id))
  return rows
    .filter(({ proposal }) => proposal.state === 'open' || proposal.state === 'returned')
    .map(({ proposal, by }) => ({
      ...attemptOf(proposal),
      enrolmentId: proposal.enrolmentId,
      assessedOn: proposal.assessedOn,
      by,
      returnedBecause: proposal.returnedBecause,
    }))
}

/** A result that waits for a second person. */
export type WaitingRow = Attempt & {
  id: string
  name: string
  document: string | null
  assessedOn: string
  /** What is confirmed of that day and would be corrected; null: nothing yet. */
  confirmed: Attempt | null
  reason: string | null
  /** What spoke against it when it was entered, and was affirmed. */
  doubts: ResultDoubt[]
  by: string
  at: Date
  /** Why the viewer may not confirm it. */
  bar: ConfirmBar | null
}

export type Waiting = {
  rows: WaitingRow[]
  /** In the class, those of other pages too. */
  total: number
  /** Other administrators of the academy: who could be the second person. */
  colleagues: number
}

/** The results of a class of the viewer's academy that wait, those of one day and form together, as many as one form has. */
export async function listWaiting(
  tx: Tx,
  { viewer, academyId, classId }: { viewer: Viewer; academyId: string; classId: string },
): Promise<Waiting> {
  const staff = await tx
    .select({ accountId: classStaff.accountId })
    .from(classStaff)
    .where(and(eq(classStaff.academyId, academyId), eq(classStaff.classId, classId)))
  const rows = await tx
    .select({
      proposal: proposedResult,
      confirmed: assessment,
      name: enrolment.name,
      personId: person.id,
      sealed: person.documentSealed,
      by: account.displayName,
    })
    .from(proposedResult)
    .innerJoin(enrolment, ofEnrolment)
    .innerJoin(account, eq(account.id, proposedResult.proposedBy))
    .leftJoin(person, eq(person.id, enrolment.personId))
    .leftJoin(
      assessment,
      and(
        eq(assessment.academyId, proposedResult.academyId),
        eq(assessment.enrolmentId, proposedResult.enrolmentId),
        eq(assessment.assessedOn, proposedResult.assessedOn),
      ),
    )
    .where(ofClass(academyId, classId))
    .orderBy(asc(proposedResult.assessedOn), asc(proposedResult.proposedAt), asc(proposedResult.enrolmentId))
    .limit(MOST_ROWS)
  const [total, colleagues] = [
    await countWaiting(tx, { academyId, classId }),
    await countColleagues(tx, { viewer, academyId }),
  ]
  return {
    rows: rows.map(({ proposal, confirmed, personId, sealed, name, by }) => ({
      ...attemptOf(proposal),
      ...{ id: proposal.id, name, by, assessedOn: proposal.assessedOn, reason: proposal.reason },
      doubts: proposal.doubts as ResultDoubt[],
      document: personId && sealed && maskDocument(open('person.document', personId, sealed), 'working'),
      confirmed: confirmed && attemptOf(confirmed),
      at: proposal.proposedAt,
      bar: barToConfirm(viewer.accountId, { ...proposal, staff: staff.map(({ accountId }) => accountId) }),
    })),
    total,
    colleagues,
  }
}

const ofClass = (academyId: string, classId: string) =>
  and(eq(proposedResult.academyId, academyId), eq(proposedResult.state, 'open'), eq(enrolment.classId, classId))

/** How many results of a class wait. */
export async function countWaiting(
  tx: Tx,
  { academyId, classId }: { academyId: string; classId: string },
): Promise<number> {
  const [row] = await tx
    .select({ of: count() })
    .from(proposedResult)
    .innerJoin(enrolment, ofEnrolment)
    .where(ofClass(academyId, classId))
  return row?.of ?? 0
}

async function countColleagues(tx: Tx, { viewer, academyId }: { viewer: Viewer; academyId: string }): Promise<number> {
  const [row] = await tx
    .select({ of: count() })
    .from(account)
    .where(
      and(
        eq(account.academyId, academyId),
        eq(account.role, 'academy_admin'),
        isNull(account.disabledAt),
        ne(account.id, viewer.accountId),
      ),
    )
  return row?.of ?? 0
}
