import { OnceKey } from '#app/features/once/once-key.tsx'
import { DeclareFields } from '#app/features/training/declare-fields.tsx'
import { groupWords } from '#app/features/training/group-words.ts'
import { RollFaults, RollField, useRollColumns } from '#app/features/training/roll-parts.tsx'
import { ChooseAll } from '#app/ui/choose-all.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { PostForm } from '#app/ui/post-form.tsx'
import { SubmitButton } from '#app/ui/submit-button.tsx'
import { Table } from '#app/ui/table.tsx'
import type { GroupRefused } from './group-class.tsx'
import type { GroupPage } from './group-page.server.ts'

/** What a union's workers are where it says nothing else. */
const EMPLOYED = { category: 'employed' } as const

/** Enrols workers: those chosen from the roll, and those pasted, who come onto it. */
export function GroupEnrol({
  page,
  formKey,
  refused,
}: {
  page: GroupPage
  formKey: string
  refused: GroupRefused | null
}) {
  const { class: w, roll } = useWords(groupWords)
  const columns = useRollColumns(refused?.chosen)
  return (
    <PostForm className="stack">
      <OnceKey of={formKey} />
      {page.rules.length > 0 && (
        <>
          <p className="soft">{w.declareLead}</p>
          <div className="grid">
            <DeclareFields
              rules={page.rules}
              before={EMPLOYED}
              typed={refused?.declared}
              missing={refused?.missing ?? []}
              isGroup
            />
          </div>
        </>
      )}
      {page.roll.length > 0 ? (
        <>
          {page.isRollCut && <p className="soft small">{roll.cutHere}</p>}
          <ChooseAll name="chosen" label={w.chooseAll(page.roll.length)} />
          <Table caption={w.fromRoll} columns={columns} rows={page.roll} rowKey={(row) => row.id} isCards />
        </>
      ) : (
        <p className="soft">{page.isRollEmpty ? w.emptyRoll : w.allHere}</p>
      )}
      <div className="form">
        {refused?.roll && <RollFaults roll={refused.roll} />}
        <RollField rest={refused?.roll?.rest ?? ''} isOptional />
        <p className="soft small">{w.enrolHint}</p>
        <div>
          <SubmitButton name="intent" value="enrol">
            {w.enrolYes}
          </SubmitButton>
        </div>
      </div>
    </PostForm>
  )
}
