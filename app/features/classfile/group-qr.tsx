import { Section } from '#app/ui/card.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { classFileWords } from './words.ts'

/** The QR code of a class's group as a picture. `version`: another one has another address, so that no old one is shown. */
export function GroupQr({ path, version }: { path: string; version: string }) {
  const { group: w } = useWords(classFileWords)
  return <img src={`${path}/picture?v=${version}`} alt={w.alt} width={220} />
}

/** For the worker of a class: its group, and how to join. Nothing where there is none. */
export function OwnGroup({ path, version }: { path: string; version: string | null }) {
  const { group: w } = useWords(classFileWords)
  if (version === null) return null
  return (
    <Section title={w.title}>
      <div className="stack">
        <p className="small soft">{w.howTo}</p>
        <GroupQr path={path} version={version} />
      </div>
    </Section>
  )
}
