import { HELP_READERS, type HelpReader, type Role } from '#db/values.ts'

const OF_ROLE: Record<Role, HelpReader> = {
  worker: 'worker',
  instructor: 'administrator',
  academy_admin: 'administrator',
  enterprise_union: 'administrator',
  sponsor_reviewer: 'reviewer',
  provincial_handler: 'reviewer',
  provincial_reviewer: 'reviewer',
  operator: 'author',
}

/** All readers, the one with this role first. */
export function readersFor(role: Role | null): HelpReader[] {
  const own = role ? OF_ROLE[role] : HELP_READERS[0]
  return [own, ...HELP_READERS.filter((reader) => reader !== own)]
}

export const helpPath = (slug: string): string => `/help/${slug}`
