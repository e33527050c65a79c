import { Icon } from './icon.tsx'

/** Says that an act went well, for some seconds; what must be read or acted upon is a Callout. */
export function Toast({ children }: { children: string }) {
  return (
    <div className="toast" role="status">
      <Icon name="check" />
      {children}
    </div>
  )
}
