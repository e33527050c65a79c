import { ICONS, type IconName } from './icons.ts'

export type { IconName }

/** A line icon in the colour of its text. Always decoration: the word beside it carries the meaning. */
export function Icon({ name, isSmall = false }: { name: IconName; isSmall?: boolean }) {
  return (
    <svg className={isSmall ? 'icon icon-s' : 'icon'} viewBox="0 0 20 20" aria-hidden="true">
      <path d={ICONS[name]} />
    </svg>
  )
}
