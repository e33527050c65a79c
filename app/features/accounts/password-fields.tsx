import { TextField } from '#app/ui/field.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { SHORTEST_PASSWORD } from './passwords.ts'
import { words } from './words.ts'

/** The present password and twice the new one. `name`: so that the browser's keeper of passwords knows whose it is. */
export function PasswordFields({ errorOf, name }: { errorOf: (field: string) => string | undefined; name: string }) {
  const w = useWords(words).me
  return (
    <>
      <input type="hidden" name="username" autoComplete="username" value={name} readOnly />
      <TextField
        name="current"
        type="password"
        label={w.current}
        error={errorOf('current')}
        autoComplete="current-password"
        required
      />
      <TextField
        name="next"
        type="password"
        label={w.next}
        hint={w.nextHint}
        error={errorOf('next')}
        autoComplete="new-password"
        minLength={SHORTEST_PASSWORD}
        required
      />
      <TextField
        name="again"
        type="password"
        label={w.again}
        error={errorOf('again')}
        autoComplete="new-password"
        required
      />
    </>
  )
}
