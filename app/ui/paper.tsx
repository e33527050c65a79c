import { Button } from './button.tsx'

/** Prints the page as it stands; what the browser's own command does, for those who look for a button. */
export function PrintButton({ children }: { children: string }) {
  return (
    <Button icon="print" onClick={() => window.print()}>
      {children}
    </Button>
  )
}

/** The lines at the foot of a printed sheet that somebody fills in by hand; shown on paper alone. */
export function SignFoot({ lines }: { lines: readonly string[] }) {
  return (
    <div className="sign-foot">
      {lines.map((line) => (
        <p key={line}>{line}</p>
      ))}
    </div>
  )
}
