import { readdirSync, readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { loadReference } from '#app/features/academies/reference.server.ts'
import { anonymous, system } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { type CatalogueQuery, readCatalogueQuery } from '#app/features/catalogue/filters.ts'
import { findCataloguePage } from '#app/features/catalogue/page.server.ts'
import { searchCatalogue } from '#app/features/catalogue/search.server.ts'
import * as schema from '#db/schema/index.ts'
import type { TestDatabase } from '#tests/support/database.ts'
import { trainingWorld } from '#tests/support/training.ts'

export const NOW = new Date('2026-11-10T12:00:00+08:00')

type Lesson = { slug: string; title: string; titleEn?: string; summary?: string; text: string }
type Course = Partial<typeof schema.course.$inferInsert> & { slug: string; title: string; lessons: Lesson[] }

/** Courses as they stand after publishing, without compiling: what the index is made of. */
export function shelf(test: TestDatabase) {
  const world = trainingWorld(test)
  const { db } = world

  async function course({ lessons, ...given }: Course) {
    await db.transaction(async (tx) => {
      await tx.insert(schema.course).values({
        titleEn: '',
        summary: '简介',
        summaryEn: '',
        plannedHours: 2,
        sources: [],
        author: '测试',
        updatedOn: '2026-11-01',
        digest: Buffer.from('00', 'hex'),
        publishedAt: NOW,
        ...given,
      })
      for (const [index, { slug, text, ...shown }] of lessons.entries()) {
        const at = { courseSlug: given.slug, lessonSlug: slug }
        await tx.insert(schema.lesson).values({
          courseSlug: given.slug,
          slug,
          position: index + 1,
          version: 1,
          minutes: 10,
          hasQuiz: false,
          titleEn: '',
          summary: '',
          ...shown,
        })
        const blocks = [{ kind: 'html', html: text }]
        await tx
          .insert(schema.lessonVersion)
          .values({ ...at, version: 1, digest: Buffer.from('00', 'hex'), blocks, publishedAt: NOW })
      }
    })
  }

  /** The repository's own courses, their Markdown as plain text. */
  async function ownCourses() {
    for (const slug of readdirSync('content/courses')) {
      const folder = `content/courses/${slug}`
      const head = parse(readFileSync(`${folder}/course.yaml`, 'utf8'))
      const lessons = readdirSync(folder)
        .filter((name) => name.endsWith('.mdx'))
        .sort()
        .map((name) => {
          const [, matter = '', body = ''] = /^---\n([\s\S]*?)\n---\n([\s\S]*)$/.exec(
            readFileSync(`${folder}/${name}`, 'utf8'),
          )!
          const { title, title_en: titleEn, summary } = parse(matter)
          return { slug: name.slice(3, -4), title, titleEn, summary, text: `<p>${body.replace(/[<>]/g, ' ')}</p>` }
        })
      const { title, title_en: titleEn, summary, summary_en: summaryEn, occupation, author } = head
      await course({ slug, title, titleEn, summary, summaryEn, occupationCode: occupation, author, lessons })
    }
  }

  return { ...world, course, ownCourses }
}

export const withReference = () => as(system('setup'), loadReference)

export const asked = (address: string): CatalogueQuery => readCatalogueQuery(new URLSearchParams(address))

export const search = (address: string, more: { after?: string | null; limit?: number } = {}) =>
  as(anonymous, (tx) =>
    searchCatalogue(tx, { query: asked(address), after: more.after ?? null, limit: more.limit ?? 20, now: NOW }),
  )

export const pageOf = (address: string) =>
  as(anonymous, (tx) =>
    findCataloguePage(tx, { query: asked(address), after: null, limit: 20, accountId: null, now: NOW }),
  )
