import { words as personWords } from '#app/features/persons/words.ts'
import { shanghaiDate } from '#app/lib/calendar.ts'
import { words as dateWords } from '#app/lib/date-words.ts'
import { Badge } from '#app/ui/badge.tsx'
import { type Fact, KeyValue } from '#app/ui/lists.tsx'
import { useWords } from '#app/ui/locale.tsx'
import type { Role } from '#db/values.ts'
import type { Profile } from './profile.server.ts'
import { roleWords } from './role-words.ts'
import { words } from './words.ts'

/** Who is signed in, as far as the account knows. */
export function ProfileFacts({
  viewer,
  profile,
}: {
  viewer: { role: Role; academyName: string | null; unionName: string | null }
  profile: Profile
}) {
  const all = useWords(words)
  const w = all.me
  const roles = useWords(roleWords)
  const types = useWords(personWords).documentTypes
  const { identity } = profile
  const body = viewer.academyName ?? viewer.unionName
  const facts: (Fact | null)[] = [
    { label: w.role, value: roles[viewer.role] },
    body ? { label: w.body, value: body } : null,
    profile.login ? { label: w.login, value: profile.login } : null,
    profile.phone ? { label: w.phone, value: <span className="num">{profile.phone}</span> } : null,
    identity
      ? {
          label: w.document,
          value: (
            <>
              {types[identity.documentType]} <span className="num nowrap">{identity.document}</span>
            </>
          ),
        }
      : null,
    identity ? { label: w.identity, value: <IdentityState confirmedAt={identity.confirmedAt} /> } : null,
  ]
  return <KeyValue facts={facts.filter((fact) => fact !== null)} />
}

function IdentityState({ confirmedAt }: { confirmedAt: Date | null }) {
  const w = useWords(words).me
  const { date } = useWords(dateWords)
  if (confirmedAt)
    return (
      <>
        <Badge tone="met">{w.confirmed}</Badge>{' '}
        <span className="soft small">{w.confirmedOn(date(shanghaiDate(confirmedAt)))}</span>
      </>
    )
  return (
    <>
      <Badge tone="none">{w.unconfirmed}</Badge>
      <p className="soft small">{w.unconfirmedNote}</p>
    </>
  )
}
