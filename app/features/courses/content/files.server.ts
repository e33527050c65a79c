import { lstat, readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { COMPILER_VERSION } from '../blocks.ts'
import { type Finding, finding, type Problem } from '../problem.ts'
import { sha256 } from './digest.server.ts'
import { FOLDER, likelyName, limitOf, MEDIA_FOLDER, MOST_FILES } from './file-names.ts'
import { type MediaFile, mediaDigest, readMedia } from './media.server.ts'
import { KILOBYTE } from './text.ts'

/** Names of the course folders, in order; null: no such folder. Files beside them and hidden folders are not courses. */
export async function courseFolders(dir: string): Promise<string[] | null> {
  const entries = await readdir(dir, { withFileTypes: true }).catch(() => null)
  if (!entries) return null
  return entries
    .filter((entry) => (entry.isDirectory() || entry.isSymbolicLink()) && !entry.name.startsWith('.'))
    .map((entry) => entry.name)
    .sort()
}

/** The files of a course folder as bytes, its media by what they are, and a digest over all: the same means nothing to do. */
export type CourseFiles = { slug: string; files: Map<string, Buffer>; media: MediaFile[]; digest: string }

/** The files of a course folder, or why not. All or nothing: a file that does not belong refuses the course. */
export async function readCourseFiles(dir: string, slug: string): Promise<CourseFiles | { problems: Problem[] }> {
  const { problems, ...read } = await readFolder(dir, slug)
  return problems.length > 0 ? { problems } : read
}

/**
 * Reads the files of one course folder, no more than a course may have, and looks into none of them. Files whose name
 * begins with a dot are the operating system's.
 */
export async function readFolder(dir: string, slug: string): Promise<CourseFiles & { problems: Problem[] }> {
  const about = (name: string, found: Finding): Problem => ({ file: name === '' ? slug : `${slug}/${name}`, ...found })
  const none = (found: Finding) => ({ slug, files: new Map(), media: [], digest: '', problems: [about('', found)] })
  if (!FOLDER.test(slug)) return none(finding(1, 1, 'folder_name', slug))
  if (!(await lstat(join(dir, slug))).isDirectory()) return none(finding(1, 1, 'not_a_file'))
  const names = (await readdir(join(dir, slug))).filter((name) => !name.startsWith('.') && name !== MEDIA_FOLDER).sort()
  if (names.length > MOST_FILES) return none(finding(1, 1, 'too_large', `${MOST_FILES} files`))

  const problems: Problem[] = []
  const files = new Map<string, Buffer>()
  for (const name of names) {
    const limit = limitOf(name)
    const stat = await lstat(join(dir, slug, name))
    if (limit === null) problems.push(about(name, finding(1, 1, 'unknown_file', name, likelyName(name))))
    else if (!stat.isFile()) problems.push(about(name, finding(1, 1, 'not_a_file')))
    else if (stat.size > limit) problems.push(about(name, finding(1, 1, 'too_large', `${limit / KILOBYTE} KB`)))
    else files.set(name, await readFile(join(dir, slug, name)))
  }
  const media = await readMedia(join(dir, slug), (name, findings) =>
    problems.push(...findings.map((found) => about(name, found))),
  )
  const also = media.length > 0 ? [mediaDigest(media)] : []
  const digest = sha256(COMPILER_VERSION, ...[...files].flat(), ...also)
  return { slug, files, media, digest, problems }
}
