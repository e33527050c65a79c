import type { ReactNode } from 'react'
import { type MediaInfo, useLesson, useLessonWords } from './lesson-context.tsx'

type Recording = Exclude<MediaInfo, { kind: 'captions' }>

function useRecording(src: string): Recording {
  const info = useLesson().media.get(src)
  if (!info || info.kind === 'captions') throw new Error(`unknown recording ${src}`)
  return info
}

const mediaPath = (digest: string) => `/assets/media/${digest}`
const assetPath = (digest: string | undefined) => digest && `/assets/courses/${digest}`

type Props = {
  src?: string
  title?: string
  captions?: string
  poster?: string
  required?: string
  children?: ReactNode
}

/**
 * The browser's own player, so that it works without a script and as on every other page of the phone. Nothing of the film is
 * fetched before a tap; how long and how large it is stands below. `data-media`: what study/players.ts follows.
 */
export function Video({ src = '', title = '', captions = '', poster = '', required, children }: Props) {
  const { media, assets, locale } = useLesson()
  const w = useLessonWords()
  const { digest, width, height } = useRecording(src)
  return (
    <figure className="media">
      <video
        {...{ width, height, title }}
        src={mediaPath(digest)}
        poster={assetPath(assets.get(poster)?.digest)}
        data-media={src}
        aria-label={title}
        controls
        playsInline
        preload="none"
      >
        <track
          kind="captions"
          src={assetPath(media.get(captions)?.digest)}
          srcLang={locale === 'en' ? 'en' : 'zh'}
          label={w.captions}
          default
        />
      </video>
      <About {...{ src, title, required }} hasCaptions />
      <Transcript>{children}</Transcript>
    </figure>
  )
}

export function Audio({ src = '', title = '', required, children }: Props) {
  const { digest } = useRecording(src)
  return (
    <figure className="media">
      {/* biome-ignore lint/a11y/useMediaCaption: what is said stands below it as a text, which every recording has */}
      <audio src={mediaPath(digest)} data-media={src} aria-label={title} title={title} controls preload="none" />
      <About {...{ src, title, required }} />
      <Transcript>{children}</Transcript>
    </figure>
  )
}

/** What a tap will cost: said before it. */
function About({
  src,
  title,
  required,
  hasCaptions,
}: {
  src: string
  title: string
  required?: string
  hasCaptions?: boolean
}) {
  const w = useLessonWords()
  const { seconds, bytes } = useRecording(src)
  const facts = [
    w.length(seconds),
    w.size(bytes),
    ...(hasCaptions ? [w.withCaptions] : []),
    ...(required === 'no' ? [w.optional] : []),
  ]
  return (
    <figcaption>
      {title}
      <span className="media-facts">{facts.join(' · ')}</span>
    </figcaption>
  )
}

function Transcript({ children }: { children?: ReactNode }) {
  const w = useLessonWords()
  return (
    <details className="transcript">
      <summary>{w.transcript}</summary>
      {children}
    </details>
  )
}
