import { and, eq } from 'drizzle-orm'
import { addDays, isDateString, shanghaiDate } from '#app/lib/calendar.ts'
import { isId } from '#app/lib/ids.ts'
import type { Tx } from '#db/client.server.ts'
import { trainingClass } from '#db/schema/index.ts'
import { copyStartsOn } from './copy-class.ts'
import { MOST_CLASSES, type SeriesRow } from './open-series.server.ts'
import { numbersFrom } from './template-layout.ts'
import { type ClassTemplate, listTemplates } from './templates.server.ts'

export type TemplatesPage = {
  templates: { id: string; name: string; isOnline: boolean; sessions: number; hours: number; sittings: number }[]
  /** The class that is to be kept as a template. */
  source: { id: string; name: string } | null
  /** The template that is opened, how its series is asked for, and the rows that this makes. */
  plan: {
    id: string
    name: string
    first: string
    every: number
    count: number
    code: string
    rows: SeriesRow[]
  } | null
}

/** The templates of an academy; `class`: one to keep, `template`: one to open, with `first`, `every`, `count` and `code`. */
export async function findTemplatesPage(
  tx: Tx,
  { academyId, search, now }: { academyId: string; search: URLSearchParams; now: Date },
): Promise<TemplatesPage> {
  const [templates, source] = await Promise.all([
    listTemplates(tx, academyId),
    findSource(tx, { academyId, classId: search.get('class') }),
  ])
  const chosen = templates.find(({ id }) => id === search.get('template'))
  return { templates: templates.map(toListed), source, plan: chosen ? planOf(chosen, search, now) : null }
}

function toListed({ id, name, fields }: ClassTemplate) {
  const sessions = (fields.sessions ?? []) as { hours: string }[]
  const hours = sessions.reduce((sum, one) => sum + Number(one.hours), 0)
  return {
    id,
    name,
    isOnline: fields.mode === 'online',
    sessions: sessions.length,
    hours,
    sittings: fields.plan?.sittings.length ?? 0,
  }
}

async function findSource(tx: Tx, { academyId, classId }: { academyId: string; classId: string | null }) {
  if (!classId || !isId(classId)) return null
  const [found] = await tx
    .select({ id: trainingClass.id, name: trainingClass.name })
    .from(trainingClass)
    .where(
      and(eq(trainingClass.academyId, academyId), eq(trainingClass.id, classId), eq(trainingClass.origin, 'system')),
    )
  return found ?? null
}

function planOf({ id, name, fields }: ClassTemplate, search: URLSearchParams, now: Date): TemplatesPage['plan'] {
  const asked = search.get('first')
  const today = shanghaiDate(now)
  const first = asked && isDateString(asked) ? asked : copyStartsOn({ startsOn: String(fields.startsOn), today })
  const every = readNumber(search.get('every'), 1, 52, 4)
  const count = readNumber(search.get('count'), 1, MOST_CLASSES, 1)
  const code = (search.get('code') ?? '').slice(0, 40)
  const numbers = numbersFrom(code, count)
  const rows = numbers.map((number, at) => ({ code: number, startsOn: addDays(first, at * every * 7) }))
  return { id, name, first, every, count, code, rows }
}

function readNumber(written: string | null, least: number, most: number, otherwise: number): number {
  const number = /^\d{1,3}$/.test(written ?? '') ? Number(written) : otherwise
  return Math.min(most, Math.max(least, number))
}
