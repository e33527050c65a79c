import { isId } from '#app/lib/ids.ts'

/** What the address of a sheet says: where its page begins, of whom alone (an enrolment), what was just saved. */
export type SheetPlace = {
  after: string | null
  of: string | null
  saved: number | 'closed' | null
}

export function readSheetPlace(search: URLSearchParams): SheetPlace {
  const after = search.get('after') ?? ''
  const of = search.get('of') ?? ''
  const saved = search.get('saved') ?? ''
  return {
    after: isId(after) ? after : null,
    of: isId(of) ? of : null,
    saved: saved === 'closed' ? saved : /^\d{1,4}$/.test(saved) ? Number(saved) : null,
  }
}
