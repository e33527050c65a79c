import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { nearest } from '#app/lib/nearest.ts'
import { type Finding, finding, type Problem } from '../problem.ts'
import type { CourseHead } from './shapes.ts'
import { readYaml } from './yaml.ts'

const FILE = 'course.yaml'
const shape = z.looseObject({ prerequisites: z.array(z.string()).default([]) })

/** By course of a folder, what it wants finished before; what cannot be read wants nothing, and is told of elsewhere. */
export async function readPrerequisites(dir: string, slugs: readonly string[]): Promise<Map<string, string[]>> {
  const wanted = new Map<string, string[]>()
  for (const slug of slugs) {
    const text = await readFile(join(dir, slug, FILE), 'utf8').catch(() => '')
    const read = readYaml(text.slice(0, 64 * 1024), shape)
    wanted.set(slug, 'value' in read ? read.value.prerequisites : [])
  }
  return wanted
}

/**
 * What a course wants finished before it and cannot have: itself, a course that is neither in the folder nor published, one
 * that wants this one in turn, and the same one twice.
 */
export function prerequisiteProblems(
  { slug, head, text }: { slug: string; head: Pick<CourseHead, 'prerequisites'>; text: string },
  folder: ReadonlyMap<string, readonly string[]>,
  published: Iterable<string> = [],
): Problem[] {
  const known = new Set([...folder.keys(), ...published])
  return head.prerequisites.flatMap((wanted, index) => {
    const told = (code: Finding['code'], hint?: string): Problem[] => {
      const { line, column } = placeOf(text, wanted)
      return [{ file: `${slug}/${FILE}`, ...finding(line, column, code, wanted, hint) }]
    }
    if (wanted === slug) return told('prerequisite_self')
    if (head.prerequisites.indexOf(wanted) < index) return told('prerequisite_twice')
    if (!known.has(wanted)) return told('prerequisite_unknown', nearest(wanted, known))
    return leadsTo(wanted, slug, folder) ? told('prerequisite_circle') : []
  })
}

/** Whether one wants the other finished before it, be it by way of others. */
function leadsTo(from: string, to: string, folder: ReadonlyMap<string, readonly string[]>): boolean {
  const seen = new Set<string>()
  const waiting = [from]
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
    if (at === to) return true
    if (!seen.has(at)) waiting.push(...(folder.get(at) ?? []))
    seen.add(at)
  }
  return false
}

/** Where the list says it. */
function placeOf(text: string, wanted: string): { line: number; column: number } {
  const lines = text.split('\n')
  const from = Math.max(
    0,
    lines.findIndex((line) => /^prerequisites\s*:/.test(line)),
  )
  const at = lines.findIndex((line, index) => index >= from && line.includes(wanted))
  return at < 0 ? { line: from + 1, column: 1 } : { line: at + 1, column: lines[at]!.indexOf(wanted) + 1 }
}
