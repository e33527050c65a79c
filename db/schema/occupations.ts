import { integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import { everybody, policies, purposeIn } from './rls.ts'

/** An entry of the 职业分类大典. A class names the code and the edition; levels held before look at any edition. */
export const occupation = pgTable(
  'occupation',
  {
    /** Like `6-18-02-04`. */
    code: text('code').notNull(),
    /** Year of the edition, like 2022. */
    edition: integer('edition').notNull(),
    name: text('name').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.code, t.edition] }),
    ...policies('occupation', { read: [everybody], insert: [purposeIn('setup')], update: [purposeIn('setup')] }),
  ],
)
