import { useEffect, useState } from 'react'
import { Callout } from '#app/ui/callout.tsx'
import { Card } from '#app/ui/card.tsx'
import { ErrorSummary } from '#app/ui/error-summary.tsx'
import { TextField } from '#app/ui/field.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { PostForm } from '#app/ui/post-form.tsx'
import { SubmitButton } from '#app/ui/submit-button.tsx'
import { sizeOf } from './upload.ts'
import { words } from './upload-words.ts'

/** A file as the browser knows it. */
export type Sent = { name: string; size: number }

export type UploadFault = keyof (typeof words)['zh-CN']['upload']['faults']

/**
 * `fault`: what was wrong with the form; `problems`: sentences about the file sent before; `sent`: the file on its way, or null;
 * `action`: the ledger's page, where the form stands elsewhere.
 */
export function UploadForm({
  fault,
  problems = [],
  sent,
  action,
}: {
  fault: UploadFault | null
  problems?: readonly string[]
  sent: Sent | null
  action?: string
}) {
  const w = useWords(words).upload
  const messages = [...(fault ? [w.faults[fault]] : []), ...problems]
  return (
    <Card title={w.title}>
      <ErrorSummary errors={messages.map((message) => ({ id: 'file', message }))} />
      <PostForm action={action} encType="multipart/form-data" className="form" noValidate>
        <TextField
          name="file"
          type="file"
          label={w.file}
          hint={w.hint}
          error={messages}
          accept=".xlsx,.csv,.txt,text/csv,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
          required
        />
        <div>
          <SubmitButton>{w.submit}</SubmitButton>
        </div>
        <Sending sent={sent} />
      </PostForm>
    </Card>
  )
}

/**
 * While a file is on its way: which one, and for how long already; over a weak line 30 MB take minutes. Without JavaScript the
 * browser says that it waits.
 */
function Sending({ sent }: { sent: Sent | null }) {
  const w = useWords(words).upload
  const isSending = sent !== null
  const [seconds, setSeconds] = useState(0)
  useEffect(() => {
    if (!isSending) return
    setSeconds(0)
    const timer = setInterval(() => setSeconds((before) => before + 1), 1000)
    return () => clearInterval(timer)
  }, [isSending])
  return (
    <>
      <div role="status">
        {sent && (
          <Callout>
            <p>{w.sending(sent.name, sizeOf(sent.size))}</p>
          </Callout>
        )}
      </div>
      {isSending && <p className="soft small num">{w.seconds(seconds)}</p>}
    </>
  )
}
