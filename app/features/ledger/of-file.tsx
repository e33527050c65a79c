import type { ReactNode } from 'react'

/** Words of the ledger itself (headers, vocabularies, cells): Chinese in every language of the interface. */
export function OfFile({ children }: { children: ReactNode }) {
  return <span lang="zh-CN">{children}</span>
}
