import type { QrPath } from './qr.server.ts'

/** A QR code, always dark on light, whatever the page: cameras read no other reliably. */
export function Qr({ of, label, isLarge = false }: { of: QrPath; label: string; isLarge?: boolean }) {
  return (
    <svg
      className={isLarge ? 'qr qr-large' : 'qr'}
      viewBox={`0 0 ${of.size} ${of.size}`}
      role="img"
      aria-label={label}
      shapeRendering="crispEdges"
    >
      <rect width={of.size} height={of.size} fill="#fff" />
      <path d={of.path} fill="#000" />
    </svg>
  )
}
