import { sql } from 'drizzle-orm'
import { check, foreignKey, jsonb, pgTable, primaryKey, text, unique, uuid } from 'drizzle-orm/pg-core'
import { academy } from './academies.ts'
import { id, instant } from './kit.ts'
import { ownAcademy, policies } from './rls.ts'

/** A kind of class that an academy opens again and again (班型模板): what one of its classes said when the template was made of it. */
export const classTemplate = pgTable(
  'class_template',
  {
    academyId: uuid('academy_id').notNull(),
    id: id().notNull(),
    name: text('name').notNull(),
    /**
     * The form of a new class as it was filled in, all texts, with the days of the class that it was made of: a template is laid
     * out by their distances and weekdays. Read by the form's own rules again whenever a class is opened.
     */
    fields: jsonb('fields').notNull().$type<Record<string, unknown>>(),
    madeBy: uuid('made_by').notNull(),
    madeAt: instant('made_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.academyId, t.id] }),
    unique('class_template_name').on(t.academyId, t.name),
    foreignKey({ columns: [t.academyId], foreignColumns: [academy.id] }),
    check('class_template_named', sql`char_length(${t.name}) between 1 and 60`),
    ...policies('class_template', {
      read: [ownAcademy(t.academyId)],
      insert: [ownAcademy(t.academyId)],
      remove: [ownAcademy(t.academyId)],
    }),
  ],
)
