import { KeyValue } from '#app/ui/lists.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { offerWords } from './offer-words.ts'

type Said = {
  madeBy: string
  academyName: string
  classHead: string | null
  isPooled: boolean
  /** The academy that it counts for is. */
  isSaidAbove?: boolean
}

/** Who made the course and who runs the class; where the page does not say it above, for whom it counts. Said before one enrols. */
export function Attribution({ madeBy, academyName, classHead, isPooled, isSaidAbove = false }: Said) {
  const w = useWords(offerWords)
  return (
    <>
      <KeyValue
        facts={[
          { label: w.maker, value: madeBy },
          { label: w.runner, value: classHead ? w.runBy(academyName, classHead) : academyName },
          ...(isSaidAbove ? [] : [{ label: w.counts, value: academyName }]),
        ]}
      />
      {isPooled && <p className="soft small">{w.pooled}</p>}
    </>
  )
}
