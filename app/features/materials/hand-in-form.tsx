import { levelWords } from '#app/features/training/level-words.ts'
import { requirementName, requirementWords } from '#app/features/training/requirement-words.ts'
import { words as dateWords } from '#app/lib/date-words.ts'
import { Card } from '#app/ui/card.tsx'
import { SelectField, TextField } from '#app/ui/field.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { PostForm } from '#app/ui/post-form.tsx'
import { SubmitButton } from '#app/ui/submit-button.tsx'
import { LEVELS } from '#db/values.ts'
import type { Item } from './find.server.ts'
import type { HandInFault } from './hand-in.server.ts'
import { StandingBadge } from './own-card.tsx'
import { mostFiles } from './rules.ts'
import { materialWords } from './words.ts'

/** What was sent and came back, of one requirement. */
export type ReturnedHandIn = { of: string; reason: HandInFault; typed: { level: string; number: string } }

/** The field of a requirement's files, to which a summary of errors leads. */
export const fileFieldId = (requirementId: string) => `file-${requirementId}`

/** One thing that the class needs of the worker: how it stands, what was handed in, and the form that takes it. */
export function HandInCard({
  item,
  base,
  mayHandIn,
  returned,
  thisYear,
}: {
  item: Item
  base: string
  mayHandIn: boolean
  returned: ReturnedHandIn | null
  thisYear: number
}) {
  const { own: w } = useWords(materialWords)
  const q = useWords(requirementWords)
  const d = useWords(dateWords)
  const what = requirementName(q, item)
  return (
    <Card title={what}>
      <div className="stack">
        <p className="inline">
          <StandingBadge standing={item.standing} />
          {item.handedAt && <span className="small soft">{w.handed(d.instant(item.handedAt, thisYear))}</span>}
        </p>
        {item.refusedBecause && <p>{w.refused(item.refusedBecause)}</p>}
        {item.files.length > 0 && (
          <p className="inline">
            {item.files.map(({ id }, at) => (
              <a key={id} href={`${base}/${id}`} target="_blank" rel="noreferrer" aria-label={w.fileOf(what, at + 1)}>
                {w.file(at + 1)}
              </a>
            ))}
          </p>
        )}
        {mayHandIn && item.standing !== 'accepted' && (
          <HandInForm key={item.materialId} item={item} what={what} returned={returned} />
        )}
      </div>
    </Card>
  )
}

// No `capture`: it would take the album away. Phones offer the camera and the album for a picture.
const PICTURES = 'image/*'
const ALSO_PDF = 'image/*,application/pdf'

function HandInForm({ item, what, returned }: { item: Item; what: string; returned: ReturnedHandIn | null }) {
  const { own: w, faults } = useWords(materialWords)
  const levels = useWords(levelWords)
  const { requirementId: of, kind } = item
  const isMany = mostFiles(kind) > 1
  const isAboutNumber = returned?.reason === 'number'
  return (
    <PostForm action={`?of=${of}`} encType="multipart/form-data" className="form" noValidate preventScrollReset>
      {kind === 'earlier_certificate' && (
        <>
          <SelectField
            id={`level-${of}`}
            name="level"
            label={w.level}
            defaultValue={returned?.typed.level ?? item.level ?? ''}
            options={[
              { value: '', label: w.anyLevel },
              ...LEVELS.map((level) => ({ value: level, label: levels[level] })),
            ]}
            isOptional
          />
          <TextField
            id={`number-${of}`}
            name="number"
            label={w.number}
            hint={w.numberHint}
            defaultValue={returned?.typed.number}
            error={isAboutNumber ? faults.number : null}
            autoComplete="off"
            autoCapitalize="characters"
            maxLength={60}
            isOptional
          />
        </>
      )}
      <TextField
        id={fileFieldId(of)}
        name="file"
        type="file"
        multiple={isMany}
        accept={kind === 'photo' ? PICTURES : ALSO_PDF}
        label={isMany ? w.choose.others : w.choose.photo}
        hint={w.limit}
        error={returned && !isAboutNumber ? faults[returned.reason] : null}
      />
      <SubmitButton isWide isTall kind={item.standing === 'handed_in' ? 'plain' : 'main'}>
        {item.standing === 'handed_in' ? w.replace(what) : w.send(what)}
      </SubmitButton>
    </PostForm>
  )
}
