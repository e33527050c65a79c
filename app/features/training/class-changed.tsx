import type { StaffName } from '#app/features/accounts/names.server.ts'
import { roleWords } from '#app/features/accounts/role-words.ts'
import { words as dateWords } from '#app/lib/date-words.ts'
import { Card, Section } from '#app/ui/card.tsx'
import { useLocale, useWords } from '#app/ui/locale.tsx'
import { saidClassChange } from './class-change-say.ts'
import { changeWords } from './class-change-words.ts'
import type { ShownClassChange } from './class-told.server.ts'
import { saidReasonIn } from './session-say.ts'

/** No year is this year: a history says every one. */
const ANY_YEAR = 0

/** What of a class changed since it was published, what was done at once together; who did it by name where `who` knows it. */
export function ClassChanged({
  changes,
  who = {},
}: {
  changes: readonly (ShownClassChange & { accountId?: string })[]
  who?: Readonly<Record<string, StaffName>>
}) {
  const w = useWords(changeWords)
  const d = useWords(dateWords)
  const roles = useWords(roleWords)
  const locale = useLocale()
  const at = (one: ShownClassChange) => one.at.getTime()
  const saves = changes.filter((one, index) => index === 0 || at(one) !== at(changes[index - 1]!))
  return (
    <Section title={w.title}>
      <Card>
        <ul>
          {saves.map((save) => {
            const name = save.accountId && who[save.accountId]?.name
            return (
              <li key={save.id}>
                {changes
                  .filter((one) => at(one) === at(save))
                  .map((one) => (
                    <p key={one.id}>{saidClassChange(locale, one)}</p>
                  ))}
                <p className="small soft">
                  {[
                    d.instant(save.at, ANY_YEAR),
                    name ? `${name}（${roles[save.role]}）` : roles[save.role],
                    save.reason && w.reason(saidReasonIn(locale, save.reason)),
                  ]
                    .filter(Boolean)
                    .join(' · ')}
                </p>
              </li>
            )
          })}
        </ul>
      </Card>
    </Section>
  )
}
