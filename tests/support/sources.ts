import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'

/** Source files below a folder (project-relative paths), for tests that read the code itself. */
export function sourceFiles(folder: string, pattern = /\.tsx?$/): { path: string; text: string }[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && pattern.test(entry.name))
    .map((entry) => relative('.', join(entry.parentPath, entry.name)))
    .sort()
    .map((path) => ({ path, text: readFileSync(path, 'utf8') }))
}

/** The text without its comments: what is scanned for words must be code. */
export function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, (comment) => comment.replace(/[^\n]/g, ' ')).replace(/(^|\s)\/\/.*$/gm, '$1')
}
