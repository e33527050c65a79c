/**
 * Photographs to be compared with what stands beside them (above it on a phone), where they stay while that is scrolled. Enlarged
 * without a script; `whole` opens one alone, for two fingers.
 */
export function PhotoPane({
  label,
  zoom,
  photos,
}: {
  label: string
  zoom: string
  photos: readonly { src: string; alt: string; whole: string }[]
}) {
  return (
    <div className="photo-pane">
      <label className="photo-zoom">
        <input type="checkbox" /> {zoom}
      </label>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is scrolled with the keyboard too */}
      <section className="photo-frame" tabIndex={0} aria-label={label}>
        {photos.map(({ src, alt }) => (
          <img key={src} src={src} alt={alt} />
        ))}
      </section>
      <p className="inline small">
        {photos.map(({ src, whole }) => (
          <a key={src} href={src} target="_blank" rel="noreferrer">
            {whole}
          </a>
        ))}
      </p>
    </div>
  )
}
