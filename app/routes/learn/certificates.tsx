import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { as } from '#app/features/accounts/as.server.ts'
import { requireViewer } from '#app/features/accounts/guard.server.ts'
import { listMyCertificates } from '#app/features/certification/mine.server.ts'
import { MyCertificates, PendingCertificates } from '#app/features/certification/my-certificates.tsx'
import { words } from '#app/features/certification/words.ts'
import { ButtonLink } from '#app/ui/button.tsx'
import { Empty, Section } from '#app/ui/card.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { PageHead } from '#app/ui/page-head.tsx'
import { pageTitle } from '../shell/title.ts'

export const meta: MetaFunction = (args) => pageTitle(args, words, (w) => w.mine.title)

/** The worker's own certificates, and what was passed and is not issued yet. */
export async function loader(args: LoaderFunctionArgs) {
  const viewer = requireViewer(args, 'learning.own')
  const own = await as(viewer, (tx) => listMyCertificates(tx, viewer))
  return { ...own, isConfirmed: viewer.personId !== null }
}

export default function LearnCertificates() {
  const w = useWords(words).mine
  const { certificates, pending, isConfirmed } = useLoaderData<typeof loader>()
  return (
    <>
      <PageHead title={w.title} meta={w.lead} />
      {certificates.length + pending.length === 0 && (
        <Empty
          icon="cert"
          action={
            <ButtonLink kind="main" to="/classes">
              {w.find}
            </ButtonLink>
          }
        >
          {w.empty}
        </Empty>
      )}
      <MyCertificates certificates={certificates} />
      {pending.length > 0 && (
        <Section title={w.pendingTitle}>
          <PendingCertificates pending={pending} />
        </Section>
      )}
      {!isConfirmed && <p className="soft small section">{w.notConfirmed}</p>}
    </>
  )
}
