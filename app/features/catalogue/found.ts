import type { CatalogueKind } from '#db/values.ts'
import type { Facet } from './filters.ts'

export type ItemKind = Exclude<CatalogueKind, 'offer'>

/**
 * An item found. `on` orders those of its kind where nothing else does: a course's revision, a class's first day;
 * `academies`: codes of those that offer or made it, of a class the one that holds it.
 */
export type Found = { kind: ItemKind; id: string; on: string; academies: string[]; score: number; isWhole: boolean }

/** A value to narrow by, with how many items it would leave: all other filters apply. */
export type FacetValue = { value: string; name: string | null; nameEn: string | null; count: number }

export type SearchResult = {
  /** Words that were looked for, as folded; rarest first. */
  terms: string[]
  items: Found[]
  total: number
  /** Some item has all of the words. */
  isWhole: boolean
  facets: Record<Facet, FacetValue[]>
  /** Where the next page begins; null: this is the last. */
  next: string | null
}
