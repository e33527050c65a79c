import { words as dateWords } from '#app/lib/date-words.ts'
import { type Fact, KeyValue } from '#app/ui/lists.tsx'
import { useWords } from '#app/ui/locale.tsx'
import type { ClassPage } from './class-page-data.ts'
import { requirementName, requirementWords } from './requirement-words.ts'
import { words } from './words.ts'

/** What a worker asks before enrolling: fee, what to bring, where, lunch, whom to call, when the certificate comes. */
export function AskedFirst({ page }: { page: ClassPage }) {
  const w = useWords(words).page
  const d = useWords(dateWords)
  const q = useWords(requirementWords)
  const { mode, site, bring, documentsNeeded, lunch, certificatesExpectedOn } = page
  const isOnline = mode === 'online'
  const facts: (Fact | null)[] = [
    { label: w.fee, icon: 'yuan', value: <Fee fen={page.feeFen} /> },
    isOnline ? null : { label: w.bring, icon: 'bag', value: <Bring bring={bring} documents={documentsNeeded} /> },
    page.requirements.length === 0
      ? null
      : {
          label: q.toHandIn,
          icon: 'report',
          value: (
            <>
              {d.list(page.requirements.map((one) => requirementName(q, one)))}
              <br />
              <span className="small muted">{q.onPhone}</span>
            </>
          ),
        },
    { label: w.place, icon: 'pin', value: isOnline ? w.onlinePlace : site ? <Place {...site} /> : w.notSaid },
    isOnline ? null : { label: w.lunch, icon: 'bowl', value: lunch ?? w.notSaid },
    { label: w.head, icon: 'phone', value: <Head page={page} /> },
    {
      label: w.certificate,
      icon: 'cert',
      value: certificatesExpectedOn ? w.expected(d.date(certificatesExpectedOn)) : w.notSaid,
    },
  ]
  return <KeyValue facts={facts.filter((fact) => fact !== null)} />
}

function Fee({ fen }: { fen: number | null }) {
  const w = useWords(words).page
  if (fen === null) return w.notSaid
  return fen === 0 ? w.free : w.price((fen / 100).toFixed(fen % 100 === 0 ? 0 : 2))
}

function Bring({ bring, documents }: { bring: string | null; documents: string | null }) {
  const w = useWords(words).page
  if (bring === null && documents === null) return w.notSaid
  return (
    <>
      {bring}
      {bring && documents && <br />}
      {documents && w.documents(documents)}
    </>
  )
}

/** A map of one's own would need a key and a contract: a public search of the address needs neither. */
function Place({ name, address }: { name: string; address: string }) {
  const w = useWords(words).page
  const map = `https://uri.amap.com/search?keyword=${encodeURIComponent(`${address} ${name}`)}`
  return (
    <>
      {name}
      <br />
      {address}
      <br />
      <a href={map} rel="noreferrer">
        {w.map}
      </a>
    </>
  )
}

function Head({ page: { classHead: name, classHeadPhone: phone, state, own } }: { page: ClassPage }) {
  const w = useWords(words).page
  const holds = own !== null && own.seat !== 'withdrawn' && own.seat !== 'rejected'
  const takes = state.is === 'open' || state.is === 'wait'
  if (name === null && phone === null) return w.notSaid
  return (
    <>
      {name}{' '}
      {phone && (
        <a className="num" href={`tel:${phone.replace(/[^\d+]/g, '')}`}>
          {phone}
        </a>
      )}
      {phone && takes && !holds && (
        <>
          <br />
          <span className="small muted">{w.callToEnrol}</span>
        </>
      )}
    </>
  )
}
