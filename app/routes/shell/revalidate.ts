import type { ShouldRevalidateFunction } from '@remix-run/react'

/** For a page that, refusing what was sent, has to show what stands now: somebody else may have changed it meanwhile. */
export const afterRefusals: ShouldRevalidateFunction = ({ actionStatus, defaultShouldRevalidate }) =>
  (actionStatus ?? 200) >= 400 || defaultShouldRevalidate

/** The same, where only a refusal for what stands in the way (409) says so, and not one for what was typed. */
export const afterConflicts: ShouldRevalidateFunction = ({ actionStatus, defaultShouldRevalidate }) =>
  actionStatus === 409 || defaultShouldRevalidate
