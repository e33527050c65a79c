import { Form, useLocation } from '@remix-run/react'
import type { ReactNode } from 'react'
import { type Preferences, THEMES } from '#app/lib/preferences.ts'
import { classes } from './class-names.ts'
import { Icon } from './icon.tsx'
import { useWords } from './locale.tsx'
import { words } from './words.ts'

/** Where the preferences are posted; the answer leads back to the page one came from. */
const ACTION = '/preferences'

/** A form of one button that sets one preference; works without JavaScript. */
export function PreferenceButton({
  name,
  value,
  isChosen,
  className = 'iconlink',
  children,
}: {
  name: keyof Preferences
  value: string
  isChosen?: boolean
  className?: string
  children: ReactNode
}) {
  const { pathname, search } = useLocation()
  return (
    <Form method="post" action={ACTION} preventScrollReset>
      <input type="hidden" name="returnTo" value={pathname + search} />
      <button type="submit" name={name} value={value} className={className} aria-pressed={isChosen}>
        {children}
      </button>
    </Form>
  )
}

/** The switch to larger type and back, for the top bar. */
export function ElderSwitch({ preferences }: { preferences: Preferences }) {
  const w = useWords(words).display
  const isElder = preferences.mode === 'elder'
  return (
    <PreferenceButton name="mode" value={isElder ? 'standard' : 'elder'}>
      <Icon name="type" />
      {isElder ? w.standard : w.elder}
    </PreferenceButton>
  )
}

/** The switch to the other language, in that language. */
export function LanguageSwitch({ preferences, isShort }: { preferences: Preferences; isShort?: boolean }) {
  const w = useWords(words).display
  const other = preferences.locale === 'zh-CN' ? 'en' : 'zh-CN'
  return (
    <PreferenceButton name="locale" value={other}>
      <span lang={other}>{isShort ? w.otherLanguageShort : w.otherLanguage}</span>
    </PreferenceButton>
  )
}

/** All of them, for a settings page, a footer or the foot of the rail. */
export function PreferenceForms({ preferences }: { preferences: Preferences }) {
  const w = useWords(words).display
  return (
    <div className="prefs">
      <ElderSwitch preferences={preferences} />
      <LanguageSwitch preferences={preferences} />
      <fieldset className="prefs-themes">
        <legend className="vh">{w.theme}</legend>
        {THEMES.map((theme) => (
          <PreferenceButton
            key={theme}
            name="theme"
            value={theme}
            isChosen={preferences.theme === theme}
            className={classes('iconlink', preferences.theme === theme && 'is-chosen')}
          >
            {w[theme]}
          </PreferenceButton>
        ))}
      </fieldset>
    </div>
  )
}
