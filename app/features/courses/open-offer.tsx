import { ButtonLink } from '#app/ui/button.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { offerWords } from './offer-words.ts'

/** For an academy's administrator: from the course straight to the form of an online class with it. */
export function OpenOffer({ academyCode, courseSlug }: { academyCode: string; courseSlug: string }) {
  const w = useWords(offerWords)
  return (
    <p>
      <ButtonLink to={`/academies/${academyCode}/manage/classes/new?course=${courseSlug}`} icon="class">
        {w.openClass}
      </ButtonLink>{' '}
      <span className="soft small">{w.openClassNote}</span>
    </p>
  )
}
