import { useEffect, useRef, useState } from 'react'
import { Button } from '#app/ui/button.tsx'
import { Callout } from '#app/ui/callout.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { rollWords } from '../roll-words.ts'
import { type CameraTrouble, watchCodes } from './camera.ts'

/** The camera in the page, once it is asked for: it goes on until it is closed, so that a queue is scanned one after the other. */
export function CameraView({ take }: { take: (text: string) => void }) {
  const { camera: w } = useWords(rollWords)
  const [isOpen, setOpen] = useState(false)
  const [trouble, setTrouble] = useState<CameraTrouble | null>(null)
  const video = useRef<HTMLVideoElement>(null)
  // A code is taken as the page stands when it is seen: for coming or for going.
  const latest = useRef(take)
  latest.current = take
  useEffect(() => {
    if (!isOpen || !video.current) return
    let stop = () => {}
    let hasLeft = false
    void watchCodes(video.current, (text) => latest.current(text)).then((watching) => {
      if (typeof watching === 'string') {
        setTrouble(watching)
        setOpen(false)
      } else if (hasLeft) watching()
      else stop = watching
    })
    return () => {
      hasLeft = true
      stop()
    }
  }, [isOpen])
  return (
    <>
      {trouble && (
        <Callout tone="warn" role="alert">
          {w[trouble]}
        </Callout>
      )}
      {isOpen && <video ref={video} className="camera" muted playsInline aria-label={w.label} />}
      <Button
        kind={isOpen ? 'plain' : 'main'}
        icon="scan"
        isWide
        isTall
        onClick={() => {
          setTrouble(null)
          setOpen(!isOpen)
        }}
      >
        {isOpen ? w.close : w.open}
      </Button>
    </>
  )
}
