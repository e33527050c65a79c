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

/** `fault`: what was wrong with the form; `problems`: sentences about the file itself; `sent`: the file on its way, or null. */
export function UploadForm({
  fault,
  problems,
  sent,
}: {
  fault: UploadFault | null
  problems: readonly string[]
  sent: Sent | null
}) {
  const w = useWords(words).upload
  const messages = [...(fault ? [w.faults[fault]] : []), ...problems]
  return (
    <Card title={w.title}>
      <ErrorSummary errors={messages.map((message) => ({ id: 'file', message }))} />
      <PostForm encType="multipart/form-data" className="form" noValidate>
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
 * While a file is on its way and its headers are looked for: which one, and for how long already. A workbook of 50,000 rows
 * takes seconds before there is an upload with a page of its own. Without JavaScript the browser says that it waits.
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
