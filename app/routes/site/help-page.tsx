import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { as } from '#app/features/accounts/as.server.ts'
import { optionalViewer } from '#app/features/accounts/guard.server.ts'
import { findHelp, type HelpPage, listHelp } from '#app/features/courses/help.server.ts'
import { HelpRows } from '#app/features/courses/help-parts.tsx'
import { helpWords as words } from '#app/features/courses/help-words.ts'
import { LessonBody } from '#app/features/courses/lesson-body.tsx'
import { markQuiz, readAnswers } from '#app/features/courses/marking.ts'
import { isSlug } from '#app/features/courses/progress.ts'
import { showBlocks } from '#app/features/courses/shown-blocks.ts'
import { notFound } from '#app/lib/http.ts'
import { parsePreferences } from '#app/lib/preferences.ts'
import type { ShellHandle } from '#app/routes/shell/handle.ts'
import { head, pageLocale } from '#app/routes/shell/title.ts'
import { Card, Section } from '#app/ui/card.tsx'
import { Link } from '#app/ui/link.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { HelpQuiz } from './help-quiz.tsx'

export const meta: MetaFunction<typeof loader> = (args) => {
  const locale = pageLocale(args)
  return head(locale, args.data?.page.title ?? words[locale].title, args.data?.page.summary)
}

export const handle: ShellHandle = {
  top: ({ locale }) => ({ back: '/help', title: words[locale].title }),
}

/** Open to everyone, in the language of the interface. */
export async function loader(args: LoaderFunctionArgs) {
  const { locale } = parsePreferences(args.request.headers.get('Cookie'))
  const { page, others } = await as(optionalViewer(args), async (tx) => {
    const page = await findHelp(tx, { locale, slug: readSlug(args) })
    if (!page) throw notFound('help')
    const pages = await listHelp(tx, locale)
    return { page, others: pages.filter((one) => one.reader === page.reader && one.slug !== page.slug) }
  })
  const blocks = showBlocks(args.context, page.slug, page.blocks)
  const quiz = page.quiz && { questions: page.quiz.questions, passPercent: page.quiz.passPercent }
  const { slug, title, summary } = page
  return { page: { slug, title, summary, blocks, quiz }, others }
}

/** Marks the example of a quiz and shows the result; nothing is recorded. Unanswered: 422 with what was answered. */
export async function action(args: ActionFunctionArgs) {
  const { locale } = parsePreferences(args.request.headers.get('Cookie'))
  const slug = readSlug(args)
  const found = await as(optionalViewer(args), (tx) => findHelp(tx, { locale, slug }))
  if (!found?.quiz) throw notFound('help')
  const { questions, key, passPercent } = found.quiz
  const answers = readAnswers(questions, await args.request.formData())
  const marking = markQuiz(questions, key, passPercent, answers)
  if (marking.ok) return data({ marking, returned: null })
  const { unanswered } = marking
  const returned = { reason: 'unanswered' as const, unanswered, answers, questions, passPercent }
  return data({ marking: null, returned }, { status: 422 })
}

function readSlug({ params }: Pick<LoaderFunctionArgs, 'params'>): HelpPage['slug'] {
  if (!isSlug(params.page)) throw notFound('help')
  return params.page
}

export default function HelpOnePage() {
  const w = useWords(words)
  const { page, others } = useLoaderData<typeof loader>()
  const answered = useActionData<typeof action>()
  return (
    <>
      <header className="prose text-head">
        <h1>{page.title}</h1>
      </header>
      <article>
        <LessonBody
          lesson={page.slug}
          blocks={page.blocks}
          lang={null}
          quiz={page.quiz && <HelpQuiz {...page.quiz} answered={answered ?? null} />}
        />
      </article>
      {others.length > 0 && (
        <Section title={w.others} aside={<Link to="/help">{w.all}</Link>}>
          <Card>
            <HelpRows pages={others} />
          </Card>
        </Section>
      )}
    </>
  )
}
