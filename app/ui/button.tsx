import type { AnchorHTMLAttributes, ButtonHTMLAttributes, ReactNode } from 'react'
import { classes } from './class-names.ts'
import { Icon, type IconName } from './icon.tsx'
import { Link, type LinkProps } from './link.tsx'

/** `main` at most once on a phone screen: it is the next step. `danger` for what can't be taken back. */
export type ButtonKind = 'main' | 'plain' | 'quiet' | 'danger'

export interface ButtonLook {
  kind?: ButtonKind
  icon?: IconName
  /** As wide as its container: phones. */
  isWide?: boolean
  isTall?: boolean
  children: ReactNode
}

export function buttonClass({ kind = 'plain', isWide, isTall }: Omit<ButtonLook, 'children'>, extra?: string): string {
  return classes('btn', kind !== 'plain' && `btn-${kind}`, isWide && 'btn-wide', isTall && 'btn-tall', extra)
}

export type ButtonProps = ButtonLook & Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'style'>

/** A button that is not a submit; forms use SubmitButton. */
export function Button({ kind, icon, isWide, isTall, children, className, ...rest }: ButtonProps) {
  return (
    <button type="button" className={buttonClass({ kind, isWide, isTall }, className)} {...rest}>
      {icon && <Icon name={icon} />}
      {children}
    </button>
  )
}

/** A link that looks like a button: it leads somewhere and changes nothing. */
export function ButtonLink({ kind, icon, isWide, isTall, children, className, ...rest }: ButtonLook & LinkProps) {
  return (
    <Link className={buttonClass({ kind, isWide, isTall }, className)} {...rest}>
      {icon && <Icon name={icon} />}
      {children}
    </Link>
  )
}

/** The same as a plain link, for what is no page: a file to download. */
export function LinkButton({
  kind,
  icon,
  isWide,
  isTall,
  children,
  className,
  ...rest
}: ButtonLook & Omit<AnchorHTMLAttributes<HTMLAnchorElement>, 'style'>) {
  return (
    <a className={buttonClass({ kind, isWide, isTall }, className)} {...rest}>
      {icon && <Icon name={icon} />}
      {children}
    </a>
  )
}
