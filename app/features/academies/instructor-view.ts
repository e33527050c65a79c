/** What the forms of an instructor's page do. */
export const INSTRUCTOR_INTENTS = [
  'change',
  'add_title',
  'remove_title',
  'add_qualification',
  'extend', // a qualification: until when it is valid
  'remove_qualification',
] as const
export type InstructorIntent = (typeof INSTRUCTOR_INTENTS)[number]

/** What the page says after a redirect: `added` by the list's page, `known`: entered already. */
export const INSTRUCTOR_SAVED = ['added', 'known', 'same', ...INSTRUCTOR_INTENTS] as const
export type InstructorSaved = (typeof INSTRUCTOR_SAVED)[number]

export const readSaved = (search: URLSearchParams): InstructorSaved | null =>
  INSTRUCTOR_SAVED.find((one) => one === search.get('saved')) ?? null

/** The id of a field in a form of which a page has several. */
export const fieldId = (intent: InstructorIntent | 'add', field: string, id = '') => `${intent}-${field}${id}`
