import { useActionData, useLoaderData, useNavigation } from '@remix-run/react'
import type { SheetRefusal } from '#app/features/attendance/sheet-acts.server.ts'
import { SheetBody } from '#app/features/attendance/sheet-body.tsx'
import type { readSheet } from './session-sheet.server.ts'

/** The page of a session's sheet; `isAtDesk`: the academy's own. */
export function SheetPage({ isAtDesk }: { isAtDesk: boolean }) {
  const { page, place } = useLoaderData<typeof readSheet>()
  const result = useActionData<{ refusal: SheetRefusal; typed: Record<string, string> }>()
  const isLeaving = useNavigation().state === 'loading'
  const refusal = (!isLeaving && result?.refusal) || null
  return <SheetBody page={page} place={place} refusal={refusal} typed={result?.typed ?? {}} isAtDesk={isAtDesk} />
}
