import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** As in migrate.server.ts: source files in db/ and the bundles in build/ both lie one below the project's folder. */
const folder = fileURLToPath(new URL('../db/reference', import.meta.url))

/** The text of a file of db/reference: plain UTF-8, checked into the product. */
export const referenceText = (name: string): string => readFileSync(`${folder}/${name}`, 'utf8')
