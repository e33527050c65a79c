import { hash } from 'node:crypto'

/**
 * Ids for what an import may make. They are UUIDv7 of the import's instant whose random part is a digest of the import's id
 * and the record's key: all rows of one file that speak of the same record carry the same id without anybody remembering
 * it, and a value can be sealed for its row while the file is still being read.
 */
export function candidateIds(importId: string): (kind: string, key: string) => string {
  const instant = importId.slice(0, 13)
  return (kind, key) => {
    const digest = hash('sha256', `${importId}\0${kind}\0${key}`, 'hex')
    const variant = '89ab'[Number.parseInt(digest[18]!, 16) & 3]
    return `${instant}-7${digest.slice(0, 3)}-${variant}${digest.slice(3, 6)}-${digest.slice(6, 18)}`
  }
}
