import type { Page } from 'playwright-core'
import { beforeAll, expect, test, vi } from 'vitest'
import { system } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { saveAnswers, startAttempt, submitAttempt } from '#app/features/courses/sit.server.ts'
import { DEMO_LOGINS } from '#app/features/ops/demo/accounts.ts'
import { RUNNING } from '#app/features/ops/demo/classes.ts'
import { shanghaiDate } from '#app/lib/calendar.ts'
import type { Locale } from '#app/lib/i18n.ts'
import { newId } from '#app/lib/ids.ts'
import { DEFAULT_PREFERENCES, PREFERENCES_COOKIE, type Preferences } from '#app/lib/preferences.ts'
import { pages } from '#app/routes.ts'
import { words as uiWords } from '#app/ui/words.ts'
import type { Role } from '#db/values.ts'
import { base, type Cells, ledgerText, worker } from '#tests/features/ledger/ledgers.ts'
import { axeFaults, bringAxe } from '#tests/support/axe.ts'
import { DESK, openPage, PHONE, signIn } from '#tests/support/chromium.ts'
import type { TestDatabase } from '#tests/support/database.ts'
import { photograph } from '#tests/support/documents.ts'
import { attemptOf, finishLessons, firstOf, formOf } from '#tests/support/final-test.ts'
import { type Site, signedIn } from '#tests/support/site.ts'
import { deskOf } from '#tests/support/uploads.ts'
import { demoSite } from './support.ts'

/** Who opens a page: nobody signed in, or the demo's account of a role. */
type Reader = 'visitor' | Role
type Size = typeof PHONE

/** The width that a reader's pages are made for. */
const home = (reader: Reader): Size => (reader === 'visitor' || reader === 'worker' ? PHONE : DESK)

// A page takes a second, a role has up to ten.
vi.setConfig({ testTimeout: 120_000 })

let db: TestDatabase
let site: Site
/** The addresses that show a page, by the page of routes.ts; none: it shows nothing, it only acts. */
let addresses: Record<string, { as: Reader; paths: string[] }>

beforeAll(async () => {
  ;({ db, site } = await demoSite())
  const [open] = await db.owner`select id from class where code = 'GZQC-DG-06'`
  const [meeting] = await db.owner`select id from class_session where class_id = ${open?.id} order by starts_at limit 1`
  const [teacher] = await db.owner`
    select i.id from instructor i join academy a on a.id = i.academy_id where a.code = 'GZQC' order by i.id limit 1`
  const [running] = await db.owner`select id from class where code = ${RUNNING}`
  const sheets = await db.owner`select id from class_session where class_id = ${running?.id} order by starts_at`
  const [closedSheet, , openSheet, , aheadSheet] = sheets
  const [template] = await db.owner`select id from class_template`
  const [asking] = await db.owner`select id from class where code = 'GZQC-JQR-03'`
  const [held] = await db.owner`
    select c.id from class c join academy a on a.id = c.academy_id
    where a.code = 'GZQC' and origin = 'ledger' and mode = 'mixed' and exists (
      select from enrolment e join assessment s on s.enrolment_id = e.id where e.class_id = c.id and result = 'passed')
    order by (select count(*) from enrolment e where e.class_id = c.id) limit 1`
  const [learner] = await db.owner`
    select e.person_id as id from certificate k join assessment s on s.academy_id = k.academy_id and s.id = k.assessment_id
    join enrolment e on e.academy_id = s.academy_id and e.id = s.enrolment_id
    join academy a on a.id = k.academy_id where a.code = 'GZQC' order by e.person_id limit 1`
  const [another] = await db.owner`select p.id from person p where p.id <> ${learner?.id} order by p.id limit 1`
  const [attempt] = await db.owner`
    select s.id from assessment s join enrolment e on e.academy_id = s.academy_id and e.id = s.enrolment_id
    where e.class_id = ${held?.id} order by s.id limit 1`
  const [atSite] =
    await db.owner`select s.id from site s join academy a on a.id = s.academy_id where a.code = 'GZQC' limit 1`
  const [seated] = await db.owner`
    select id from enrolment e where class_id = ${running?.id} and seat = 'enrolled' order by exists (
      select from account a where a.person_id = e.person_id and a.person_confirmed_at is null) desc, id limit 1`
  const roster = `/academies/GZQC/manage/classes/${held?.id}`
  const uploads = await uploadLedgers(site, db)
  const [imported] = await db.owner`
    select l.import_id from ledger_import_academy l join academy a on a.id = l.academy_id where a.code = 'GZQC' limit 1`
  const documentId = await fileDocument(db, running?.id)
  await photographSheet(site, db, openSheet?.id)
  const file = `/academies/GZQC/classes/${running?.id}/file`
  const lesson = '/courses/electrical-safety/how-shock-happens'
  const questionId = await askQuestion(db)
  await finishCourse(db)
  await enterResults(db, held?.id)
  addresses = {
    '/': { as: 'visitor', paths: ['/'] },
    '/courses': { as: 'visitor', paths: ['/courses', '/courses?q=触电&city=440100', '/courses?q=叉车'] },
    '/paths': { as: 'visitor', paths: ['/paths'] },
    '/paths/:occupation': { as: 'worker', paths: ['/paths/6-31-01-03'] },
    '/courses/:course': { as: 'worker', paths: ['/courses/electrical-safety'] },
    '/courses/:course/test': { as: 'worker', paths: await sitTests() },
    '/courses/:course/:lesson': { as: 'worker', paths: [lesson] },
    '/courses/:course/:lesson/ask': { as: 'worker', paths: [`${lesson}/ask`] },
    '/learn/rate/:course': {
      as: 'worker',
      paths: ['/learn/rate/electrical-safety', `/learn/rate/${FINISHED}`, `/learn/rate/${FINISHED}?saved`],
    },
    '/learn/questions': { as: 'worker', paths: ['/learn/questions'] },
    '/notices': { as: 'worker', paths: ['/notices'] },
    '/academies/:academy/manage/certification': {
      as: 'academy_admin',
      paths: ['/academies/GZQC/manage/certification', `/academies/GZQC/manage/certification?class=${open?.id}`],
    },
    '/academies/:academy/manage/certification/export': { as: 'academy_admin', paths: [] },
    '/academies/:academy/manage/courses': { as: 'academy_admin', paths: ['/academies/GZQC/manage/courses'] },
    '/academies/:academy/manage/courses/:course': {
      as: 'academy_admin',
      paths: ['', '?state=stuck', '?state=failing', '?view=results', '?view=ratings'].map(
        (query) => `/academies/GZQC/manage/courses/electrical-safety${query}`,
      ),
    },
    '/academies/:academy/manage/courses/:course/export': { as: 'academy_admin', paths: [] },
    '/academies/:academy/manage/messages': { as: 'academy_admin', paths: ['/academies/GZQC/manage/messages'] },
    '/academies/:academy/manage/questions': {
      as: 'academy_admin',
      paths: ['/academies/GZQC/manage/questions', '/academies/GZQC/manage/questions?view=answered'],
    },
    '/academies/:academy/manage/questions/:question': {
      as: 'academy_admin',
      paths: [`/academies/GZQC/manage/questions/${questionId}`],
    },
    '/courses/:course/:lesson/notes': { as: 'worker', paths: [`${lesson}/notes`] },
    '/courses/:course/:lesson/place': { as: 'worker', paths: [] },
    '/academies': { as: 'visitor', paths: ['/academies'] },
    '/academies/:academy': { as: 'visitor', paths: ['/academies/GZQC'] },
    '/classes': { as: 'visitor', paths: ['/classes'] },
    '/academies/:academy/classes/:class': {
      as: 'worker',
      paths: [open, running].map((of) => `/academies/GZQC/classes/${of?.id}`),
    },
    '/help': { as: 'visitor', paths: ['/help'] },
    '/help/:page': {
      as: 'visitor',
      paths: ['/help/components', '/help/quizzes', '/help/ledger', '/help/notices', '/help/class-file'],
    },
    '/sign-in': { as: 'visitor', paths: ['/sign-in'] },
    '/sign-out': { as: 'visitor', paths: [] },
    '/register': { as: 'visitor', paths: ['/register'] },
    '/preferences': { as: 'visitor', paths: [] },
    '/me': { as: 'worker', paths: ['/me'] },
    '/me/notices': { as: 'worker', paths: ['/me/notices'] },
    '/me/calendar': { as: 'worker', paths: ['/me/calendar'] },
    '/calendar.ics': { as: 'visitor', paths: [] },
    '/me/academy': { as: 'worker', paths: ['/me/academy'] },
    '/learn': { as: 'worker', paths: ['/learn'] },
    '/learn/notes': { as: 'worker', paths: ['/learn/notes'] },
    '/learn/classes': { as: 'worker', paths: ['/learn/classes'] },
    '/learn/certificates': { as: 'worker', paths: ['/learn/certificates'] },
    '/academies/:academy/manage': { as: 'academy_admin', paths: ['/academies/GZQC/manage'] },
    '/academies/:academy/manage/classes': { as: 'academy_admin', paths: ['/academies/GZQC/manage/classes'] },
    '/academies/:academy/manage/classes/new': {
      as: 'academy_admin',
      paths: [
        '/academies/GZQC/manage/classes/new?course=welding-safety',
        `/academies/GZQC/manage/classes/new?copy=${held?.id}`,
      ],
    },
    '/academies/:academy/manage/classes/:class': {
      as: 'academy_admin',
      paths: [
        ...[roster, `/academies/GZQC/manage/classes/${running?.id}?remove=${seated?.id}`],
        ...['hours', 'results', 'confirm', 'certificates'].map((view) => `${roster}?view=${view}`),
      ],
    },
    '/academies/:academy/manage/templates': {
      as: 'academy_admin',
      paths: [
        '/academies/GZQC/manage/templates',
        `/academies/GZQC/manage/templates?class=${open?.id}`,
        `/academies/GZQC/manage/templates?template=${template?.id}&count=2`,
      ],
    },
    '/academies/:academy/manage/sites': {
      as: 'academy_admin',
      paths: [
        '/academies/GZQC/manage/sites',
        '/academies/GZQC/manage/sites?add',
        `/academies/GZQC/manage/sites?site=${atSite?.id}`,
      ],
    },
    '/academies/:academy/manage/instructors': { as: 'academy_admin', paths: ['/academies/GZQC/manage/instructors'] },
    '/academies/:academy/manage/instructors/:instructor': {
      as: 'academy_admin',
      paths: [`/academies/GZQC/manage/instructors/${teacher?.id}`],
    },
    '/academies/:academy/manage/classes/:class/attendance': {
      as: 'academy_admin',
      paths: [`/academies/GZQC/manage/classes/${running?.id}/attendance`],
    },
    '/academies/:academy/manage/classes/:class/attendance/print': {
      as: 'academy_admin',
      paths: [
        `/academies/GZQC/manage/classes/${running?.id}/attendance/print`,
        `/academies/GZQC/manage/classes/${open?.id}/attendance/print?session=${meeting?.id}`,
      ],
    },
    '/academies/:academy/manage/classes/:class/timetable/print': {
      as: 'academy_admin',
      paths: [`/academies/GZQC/manage/classes/${running?.id}/timetable/print`],
    },
    '/academies/:academy/manage/today': { as: 'academy_admin', paths: ['/academies/GZQC/manage/today'] },
    '/academies/:academy/manage/sessions/:session': {
      as: 'academy_admin',
      paths: [closedSheet, openSheet, aheadSheet].map((sheet) => `/academies/GZQC/manage/sessions/${sheet?.id}`),
    },
    '/academies/:academy/manage/sessions/:session/photos': {
      as: 'academy_admin',
      paths: [`/academies/GZQC/manage/sessions/${openSheet?.id}/photos`],
    },
    '/academies/:academy/manage/sessions/:session/paper': {
      as: 'academy_admin',
      paths: [`/academies/GZQC/manage/sessions/${openSheet?.id}/paper`],
    },
    '/academies/:academy/manage/sessions/:session/code': {
      as: 'academy_admin',
      paths: [`/academies/GZQC/manage/sessions/${openSheet?.id}/code`],
    },
    '/academies/:academy/manage/sessions/:session/scan': {
      as: 'academy_admin',
      paths: ['', '?w=1234 5678'].map((query) => `/academies/GZQC/manage/sessions/${openSheet?.id}/scan${query}`),
    },
    '/academies/:academy/classes/:class/materials': {
      as: 'worker',
      paths: [`/academies/GZQC/classes/${running?.id}/materials`],
    },
    '/academies/:academy/classes/:class/materials/:material': { as: 'worker', paths: [] },
    '/academies/:academy/manage/classes/:class/materials': {
      as: 'academy_admin',
      paths: ['', '?view=lacking&said=refused&n=1&left=1'].map(
        (query) => `/academies/GZQC/manage/classes/${running?.id}/materials${query}`,
      ),
    },
    '/academies/:academy/manage/classes/:class/materials/:material': { as: 'academy_admin', paths: [] },
    '/academies/:academy/classes/:class/group': {
      as: 'academy_admin',
      paths: [file.replace(/file$/, 'group'), file.replace(/file$/, 'group?saved')],
    },
    '/academies/:academy/classes/:class/group/picture': { as: 'academy_admin', paths: [] },
    '/academies/:academy/classes/:class/closing': { as: 'academy_admin', paths: [file.replace(/file$/, 'closing')] },
    '/academies/:academy/classes/:class/file': { as: 'academy_admin', paths: [file, `${file}?saved=removed`] },
    '/academies/:academy/classes/:class/file/zip': { as: 'sponsor_reviewer', paths: [] },
    '/academies/:academy/classes/:class/file/made/:made': { as: 'sponsor_reviewer', paths: [] },
    '/academies/:academy/classes/:class/file/none/:part': {
      as: 'academy_admin',
      paths: [`${file}/none/papers`],
    },
    '/academies/:academy/classes/:class/file/:file': { as: 'sponsor_reviewer', paths: [] },
    '/academies/:academy/classes/:class/file/:file/remove': {
      as: 'academy_admin',
      paths: [`${file}/${documentId}/remove`],
    },
    '/academies/:academy/sessions/:session': {
      as: 'sponsor_reviewer',
      paths: [`/academies/GZQC/sessions/${closedSheet?.id}`],
    },
    '/learn/leave': { as: 'worker', paths: ['/learn/leave', `/learn/leave?class=${running?.id}`] },
    '/learn/objections': {
      as: 'worker',
      paths: ['/learn/objections?sent', `/learn/objections?session=${closedSheet?.id}`],
    },
    '/academies/:academy/manage/objections': { as: 'academy_admin', paths: ['/academies/GZQC/manage/objections'] },
    '/openings': { as: 'sponsor_reviewer', paths: ['/openings', '/openings?done=approved'] },
    '/objections': { as: 'sponsor_reviewer', paths: ['/objections'] },
    '/academies/:academy/manage/leave': {
      as: 'academy_admin',
      paths: ['/academies/GZQC/manage/leave', `/academies/GZQC/manage/leave?class=${running?.id}&saved=1&left=1`],
    },
    '/learn/check-in': { as: 'worker', paths: ['/learn/check-in', '/learn/check-in?c=gone'] },
    '/academies/:academy/manage/calendar': { as: 'academy_admin', paths: ['/academies/GZQC/manage/calendar'] },
    '/academies/:academy/manage/classes/:class/timetable': {
      as: 'academy_admin',
      paths: ['', '?add', `?edit=${meeting?.id}`, `?cancel=${meeting?.id}`].map(
        (query) => `/academies/GZQC/manage/classes/${open?.id}/timetable${query}`,
      ),
    },
    '/academies/:academy/manage/classes/:class/assessment': {
      as: 'academy_admin',
      paths: ['', '?add'].map((query) => `/academies/GZQC/manage/classes/${open?.id}/assessment${query}`),
    },
    '/academies/:academy/manage/ledger': { as: 'academy_admin', paths: ['/academies/GZQC/manage/ledger'] },
    '/academies/:academy/manage/ledger/:upload': {
      as: 'academy_admin',
      paths: [uploads.asked, uploads.checked, `${uploads.checked}?columns`, uploads.imported, uploads.unreadable],
    },
    '/academies/:academy/manage/ledger/template': { as: 'academy_admin', paths: [] },
    '/academies/:academy/manage/ledger/export': { as: 'academy_admin', paths: [] },
    '/academies/:academy/manage/ledger/:upload/rejected': { as: 'academy_admin', paths: [] },
    '/academies/:academy/manage/ledger/imports/:import/undo': {
      as: 'academy_admin',
      paths: [`/academies/GZQC/manage/ledger/imports/${imported?.import_id}/undo`],
    },
    '/academies/:academy/manage/classes/:class/seats': {
      as: 'academy_admin',
      paths: [`/academies/GZQC/manage/classes/${open?.id}/seats`],
    },
    '/academies/:academy/manage/classes/:class/edit': {
      as: 'academy_admin',
      paths: [`/academies/GZQC/manage/classes/${open?.id}/edit`],
    },
    '/academies/:academy/manage/classes/:class/mend': { as: 'academy_admin', paths: [`${roster}/mend`] },
    '/academies/:academy/manage/classes/:class/assessed-on': {
      as: 'provincial_handler',
      paths: [`${roster}/assessed-on`, `${roster}/assessed-on?attempt=${attempt?.id}`],
    },
    '/academies/:academy/manage/classes/:class/identity': {
      as: 'academy_admin',
      paths: ['', `?of=${seated?.id}`].map((query) => `/academies/GZQC/manage/classes/${running?.id}/identity${query}`),
    },
    '/academies/:academy/manage/identity': { as: 'academy_admin', paths: ['/academies/GZQC/manage/identity'] },
    '/enterprise': { as: 'enterprise_union', paths: ['/enterprise'] },
    '/enterprise/workers': { as: 'enterprise_union', paths: ['/enterprise/workers'] },
    '/enterprise/classes/:academy/:class': {
      as: 'enterprise_union',
      paths: [`/enterprise/classes/GZQC/${open?.id}`, `/enterprise/classes/GZQC/${asking?.id}`],
    },
    '/province': { as: 'provincial_handler', paths: ['/province', '/province?span=years'] },
    '/province/export': { as: 'provincial_handler', paths: [] },
    '/academies/:academy/figures': {
      as: 'provincial_handler',
      paths: ['/academies/MMSH/figures?year=2025', '/academies/MMSH/figures?pace=improved'],
    },
    '/academies/:academy/figures/:figure': {
      as: 'provincial_handler',
      paths: ['brands?year=2025', 'certified?year=2025', 'improved?year=2025', 'trained?class=none'].map(
        (figure) => `/academies/MMSH/figures/${figure}`,
      ),
    },
    '/academies/:academy/figures/:figure/export': { as: 'provincial_handler', paths: [] },
    '/academies/:academy/persons/:person': {
      as: 'provincial_handler',
      paths: [`/academies/GZQC/persons/${learner?.id}`],
    },
    '/persons': { as: 'provincial_handler', paths: ['/persons'] },
    '/work-calendar': { as: 'provincial_handler', paths: ['/work-calendar', '/work-calendar?year=2026'] },
    '/persons/:person/mend': { as: 'provincial_handler', paths: [`/persons/${learner?.id}/mend`] },
    '/persons/:person/merge': {
      as: 'provincial_handler',
      paths: [`/persons/${learner?.id}/merge`, `/persons/${learner?.id}/merge?with=${another?.id}`],
    },
    '/operate/messages': { as: 'operator', paths: ['/operate/messages'] },
    '/operate': { as: 'operator', paths: ['/operate'] },
    '/assets/courses/:digest': { as: 'visitor', paths: [] },
    '/assets/media/:digest': { as: 'visitor', paths: [] },
    '/academies/:academy/roll': { as: 'visitor', paths: ['/academies/GZQC/roll'] },
    '/academies/:academy/manage/sessions/:session/roll': { as: 'academy_admin', paths: [] },
    '/learn/heartbeats': { as: 'worker', paths: [] },
  }
})

async function openAs(reader: Reader, preferences: Partial<Preferences>, allow: RegExp[] = []): Promise<Page> {
  const page = await openPage({ viewport: PHONE, allow })
  await bringAxe(page)
  const value = encodeURIComponent(JSON.stringify({ ...DEFAULT_PREFERENCES, ...preferences }))
  await page.context().addCookies([{ name: PREFERENCES_COOKIE, value, url: site.url }])
  if (reader !== 'visitor') {
    const login = DEMO_LOGINS.find(({ role }) => role === reader)?.login ?? ''
    const [account] = await db.owner`select id from account where login = ${login}`
    await signIn(page, { url: site.url, cookie: await signedIn({ id: account?.id, role: reader }) })
  }
  return page
}

/** The demo's worker joins the demo's online class, asks, and gets an answer. @returns the question's id. */
async function askQuestion({ owner }: TestDatabase): Promise<string> {
  const [of] = await owner`
    select c.academy_id, c.id as class_id, w.id as worker, w.person_id, t.id as teacher
    from class c, account w, account t where c.code = 'GZQC-WS-01' and w.login = 'worker' and t.login = 'teacher'`
  const [id, at] = [newId(), new Date().toISOString()]
  const { academy_id, class_id, worker, person_id, teacher } = of!
  await owner`insert into enrolment (academy_id, id, class_id, person_id, account_id, seat, name, created_at)
    values (${academy_id}, ${newId()}, ${class_id}, ${person_id}, ${worker}, 'enrolled', '李合成', ${at})`
  await owner`insert into lesson_question (academy_id, id, class_id, account_id, course_slug, lesson_slug, version, text, asked_at)
    values (${academy_id}, ${id}, ${class_id}, ${worker}, 'electrical-safety', 'how-shock-happens', 1, '三相短路时漏保会跳吗？', ${at})`
  await owner`insert into lesson_answer (academy_id, id, question_id, account_id, name, text, answered_at)
    values (${academy_id}, ${newId()}, ${id}, ${teacher}, '周慧玲', '不会，漏保只看剩余电流。', ${at})`
  const detail = {
    courseSlug: 'electrical-safety',
    lessonSlug: 'how-shock-happens',
    title: '触电',
    titleEn: 'Shock',
    questionId: id,
  }
  await owner`insert into notice (id, account_id, kind, subject_id, detail, at)
    values (${newId()}, ${worker}, 'question.answered', ${id}, ${owner.json(detail)}, ${at})`
  return id
}

/** A document of a class's file, and one that was removed from it. @returns the first one's id. */
async function fileDocument({ owner }: TestDatabase, classId: string): Promise<string> {
  const [of] = await owner`
    select c.academy_id, t.id as by from class c, account t where c.id = ${classId} and t.login = 'academy'`
  const row = { academy_id: of!.academy_id, class_id: classId, kind: 'jpg', bytes: 2_400_000, added_by: of!.by }
  const [id, at] = [newId(), new Date()]
  await owner`insert into class_file ${owner({
    ...{ ...row, id, part: 'photographs', name: '2026年11月21日第一次实操课现场照片（示例）.jpg' },
    ...{ digest: Buffer.alloc(32, 1), added_at: at },
  })}`
  await owner`insert into class_file ${owner({
    ...{ ...row, id: newId(), part: 'papers', name: '试卷.jpg', digest: Buffer.alloc(32, 2), added_at: at },
    ...{ removed_by: of!.by, removed_at: at, removed_because: '传错了班' },
  })}`
  return id
}

/** A photograph of a session's signed sheet, sent as its form does. */
async function photographSheet(at: Site, { owner }: TestDatabase, sessionId: string): Promise<void> {
  const [account] = await owner`select id from account where login = 'academy'`
  const cookie = await signedIn({ id: account!.id, role: 'academy_admin' })
  const form = new FormData()
  form.set('file', new File([new Uint8Array(photograph())], 'IMG_2031.jpg'))
  const path = `${at.url}/academies/GZQC/manage/sessions/${sessionId}/photos`
  const headers = { cookie, origin: at.url, 'sec-fetch-site': 'same-origin' }
  await fetch(path, { method: 'POST', redirect: 'manual', headers, body: form })
}

/** Results of a class that wait for the demo's first administrator, and one that was returned. */
async function enterResults({ owner }: TestDatabase, classId: string): Promise<void> {
  const rows = await owner`
    select e.academy_id, e.id, two.id as by, one.id as other from enrolment e, account one, account two
    where e.class_id = ${classId} and e.seat = 'enrolled' and one.login = 'academy' and two.login = 'academy2'
    order by e.id limit 3`
  for (const [at, { academy_id, id, by, other }] of rows.entries()) {
    const decided =
      at === 0
        ? { state: 'returned', decided_by: other, decided_at: new Date(), returned_because: '与原始记录不符' }
        : { state: 'open' }
    const scores = { result: 'failed', theory_score: 59.5, practical_score: 80, assessed_on: shanghaiDate(new Date()) }
    const row = { academy_id, id: newId(), enrolment_id: id, proposed_by: by, proposed_at: new Date() }
    await owner`insert into proposed_result ${owner({ ...row, ...scores, ...decided })}`
  }
}

/** The course that the demo's worker has finished. */
const FINISHED = 'workers-rights'

async function finishCourse({ owner }: TestDatabase): Promise<void> {
  await owner`insert into lesson_progress (account_id, course_slug, lesson_slug, read_at, read_version, passed_at, done_at)
    select a.id, l.course_slug, l.slug, now(), l.version, now(), now() from lesson l, account a
    where l.course_slug = ${FINISHED} and a.login = 'worker'`
}

/** The final test of three courses, as the demo's worker comes to it: lessons first, running, over. */
async function sitTests(): Promise<string[]> {
  const [account] = await db.owner`select id from account where login = 'worker'`
  const [running, over] = ['welding-safety', 'elderly-care']
  for (const courseSlug of [running!, over!]) {
    await finishLessons(db, account!.id, courseSlug)
    const at = { accountId: account!.id as string, personId: null, courseSlug, now: new Date() }
    await as(system('credit'), (tx) => startAttempt(tx, at))
    const { id, right } = await attemptOf(db, at.accountId, courseSlug)
    const form = formOf(firstOf(right, 18))
    if (courseSlug === running) await as(system('credit'), (tx) => saveAnswers(tx, { ...at, attemptId: id, form }))
    else await as(system('credit'), (tx) => submitAttempt(tx, { ...at, attemptId: id, form, isConfirmed: true }))
  }
  return ['electrical-safety', running, over].map((course) => `/courses/${course}/test`)
}

/** Ledgers at their steps: columns to be chosen, checked with errors and corrections, imported; and a file that is none. */
async function uploadLedgers(at: Site, { owner }: TestDatabase) {
  const [account] = await owner`select id from account where login = 'academy'`
  const desk = deskOf(at, 'GZQC', await signedIn({ id: account!.id, role: 'academy_admin' }))
  const rows = (employer: string): Cells[] =>
    [1, 2, 3].map((n) => ({ ...base, ...worker(n), academyCode: 'GZQC', employer }))
  const { location: imported } = await desk.upload(ledgerText(rows('第一公司')))
  await desk.settled(imported)
  await desk.post(imported, { intent: 'import', rows: 'all' })
  await desk.settled(imported)
  const wrong = { ...base, academyCode: 'GZQC', hoursAttended: '99' }
  const { location: checked } = await desk.upload(ledgerText([...rows('第二公司'), wrong]))
  await desk.settled(checked)
  const { location: asked } = await desk.upload(
    '学员姓名,公民证件编号,开班日期,结班日期\n张三,990000196001010015,2026-03-02,2026-03-05\n',
  )
  await desk.settled(asked)
  const { location: unreadable } = await desk.upload('no ledger\n')
  await desk.settled(unreadable)
  return { asked, checked, imported, unreadable }
}

test('every page of routes.ts has an address here', () => {
  expect(Object.keys(addresses).sort()).toEqual(pages.map(({ path }) => path).sort())
  expect(Object.values(addresses).filter((page) => !readers.includes(page.as))).toEqual([])
})

const readers: Reader[] = [
  'visitor',
  'worker',
  'academy_admin',
  'enterprise_union',
  'sponsor_reviewer',
  'provincial_handler',
  'operator',
]
const everyAddress = (reader: Reader) =>
  Object.values(addresses).flatMap((page) => (page.as === reader ? page.paths : []))

for (const locale of ['zh-CN', 'en'] as const) {
  for (const reader of readers) {
    test(`${locale}: every page of ${reader} is whole and open to everyone at 375 and 1280 px`, async () => {
      const page = await openAs(reader, { locale })
      const found: unknown[] = []
      // What depends on the width is the same in both languages: axe looks at the usual width in Chinese, at the other in English.
      const axeAt = [PHONE, DESK].filter((size) => (size === home(reader)) === (locale === 'zh-CN'))
      for (const path of everyAddress(reader)) found.push(...(await faultsAt(page, path, { locale, axeAt })))
      expect(found).toEqual([])
    })
  }
}

const MAIN: [Reader, string][] = [
  ['visitor', '/'],
  ['worker', '/learn'],
  ['worker', '/courses/electrical-safety/how-shock-happens'],
  ['visitor', '/help/components'],
  ['academy_admin', '/academies/GZQC/manage/classes'],
  ['provincial_handler', '/province'],
]
for (const preferences of [{ theme: 'dark' }, { mode: 'elder' }] as const) {
  test(`the main pages are as open to everyone with ${JSON.stringify(preferences)}`, async () => {
    const found: unknown[] = []
    const target = 'mode' in preferences ? 60 : 44
    for (const [reader, path] of MAIN)
      found.push(...(await faultsAt(await openAs(reader, preferences), path, { target, axeAt: [home(reader)] })))
    expect(found).toEqual([])
  })
}

/** What is wrong with a page, at both widths: each fault with its address, in one readable list. */
async function faultsAt(
  page: Page,
  path: string,
  options: { locale?: Locale; target?: number; status?: number; axeAt?: Size[] } = {},
): Promise<unknown[]> {
  const { locale = 'zh-CN', target = 44, status = 200, axeAt = [PHONE, DESK] } = options
  await page.setViewportSize(PHONE)
  const response = await page.goto(site.url + path)
  const faults: unknown[] = []
  if (response?.status() !== status) faults.push(`status ${response?.status()}`)
  for (const size of [PHONE, DESK]) {
    await page.setViewportSize(size)
    const seen = await page.evaluate(look, { target: size === PHONE ? target : 0 })
    faults.push(...seen.faults.map((fault) => `${size.width}: ${fault}`))
    if (size === PHONE) faults.push(...untranslated(seen.texts, locale))
    if (!axeAt.includes(size)) continue
    // Colours, half of axe's time, are the same at both widths.
    const found = await axeFaults(page, locale === 'en' ? { 'color-contrast': { enabled: false } } : {})
    faults.push(...found.map((fault) => `${size.width}: ${fault}`))
  }
  return faults.map((fault) => `${path} ${fault}`)
}

/** Runs in the browser: structure, overflow, small targets, and every text that somebody can read or hear. */
function look({ target }: { target: number }): { faults: string[]; texts: string[] } {
  const faults: string[] = []
  const expectOne = (selector: string) => {
    const count = document.querySelectorAll(selector).length
    if (count !== 1) faults.push(`${count} × ${selector}`)
  }
  for (const selector of ['h1', 'main', 'header.topbar, header.rail', 'a.skip[href="#main"]']) expectOne(selector)
  if (!document.title.includes('·')) faults.push(`title “${document.title}”`)
  const over = document.documentElement.scrollWidth - window.innerWidth
  if (over > 0) faults.push(`${over} px wider than the window`)
  for (const name of document.querySelectorAll('tbody th .nowrap')) {
    if (name.getClientRects().length > 1) faults.push(`a name wraps: ${name.textContent}`)
  }
  for (const one of document.querySelectorAll(
    '.tabs a, .actionbar a, .actionbar button, .topbar a, .foot a, .foot button, .btn, .input, .seg a, .seg-choice input',
  )) {
    const { height, width } = one.getBoundingClientRect()
    if (width > 0 && height < target - 0.5) faults.push(`${Math.round(height)} px high: ${one.outerHTML.slice(0, 120)}`)
  }
  for (const one of document.querySelectorAll('input[type="checkbox"], input[type="radio"]')) {
    const { height, width } = (one.closest('label') ?? one).getBoundingClientRect()
    if (width > 0 && Math.min(height, width) < target - 0.5)
      faults.push(`${Math.round(width)} × ${Math.round(height)} px: ${one.outerHTML.slice(0, 120)}`)
  }
  const texts = [document.title]
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  while (walker.nextNode()) {
    const { parentElement, textContent } = walker.currentNode as Text
    if (!parentElement?.closest('script, style, .rail-name, [lang]:not(html)')) texts.push(textContent?.trim() ?? '')
  }
  for (const one of document.querySelectorAll('[aria-label], [title], [placeholder], [alt]')) {
    if (one.closest('[lang]:not(html)')) continue
    for (const name of ['aria-label', 'title', 'placeholder', 'alt']) texts.push(one.getAttribute(name) ?? '')
  }
  return { faults, texts: texts.filter(Boolean) }
}

/** Every fixed text of the Chinese interface that the English one says otherwise. */
const chineseInterface = (() => {
  const files = import.meta.glob<Record<string, Record<Locale, unknown>>>(
    ['/app/**/words.ts', '/app/**/*-words.ts', '!/app/**/words.server.ts'],
    { eager: true },
  )
  const collected = new Set<string>()
  const collect = (zh: unknown, en: unknown) => {
    if (typeof zh === 'string') {
      if (zh !== en && /\p{Script=Han}/u.test(zh)) collected.add(zh)
    } else if (typeof zh === 'object' && zh !== null)
      for (const [key, value] of Object.entries(zh)) collect(value, (en as Record<string, unknown>)?.[key])
  }
  for (const file of Object.values(files))
    for (const exported of Object.values(file)) if (exported?.['zh-CN']) collect(exported['zh-CN'], exported.en)
  return collected
})()

/** Texts that no reader should meet: Chinese of the interface on an English page, and values that were never filled in. */
function untranslated(texts: string[], locale: Locale): string[] {
  const broken = texts.filter((text) => /undefined|NaN|\[object|Invalid Date/.test(text))
  const chinese = locale === 'en' ? texts.filter((text) => chineseInterface.has(text)) : []
  return [...broken, ...chinese].map((text) => `text “${text}”`)
}

test('the Chinese words of the interface are known here', () => {
  expect(chineseInterface.size).toBeGreaterThan(500)
  expect(untranslated(['培训班', 'x', 'NaN人'], 'en')).toEqual(['text “NaN人”', 'text “培训班”'])
})

test('a page that is not there, a failure of ours and a refused request say so kindly, with a number to quote', async () => {
  for (const [reader, path] of [
    ['visitor', '/no-such-page'],
    ['worker', '/province'],
    ['academy_admin', '/academies/MMSH/figures/trained'],
  ] as const) {
    const page = await openAs(reader, {}, [/404/])
    expect(await faultsAt(page, path, { status: 404, axeAt: [home(reader)] })).toEqual([])
    const text = await page.getByRole('main').textContent()
    expect(text).toContain(uiWords['zh-CN'].error.notFound.title)
    expect(text).toMatch(/[0-9A-Z]{10}/)
  }

  await db.owner`alter table course rename to course_away`
  try {
    const page = await openAs('visitor', {}, [/500/])
    expect(await faultsAt(page, '/courses', { status: 500, axeAt: [PHONE] })).toEqual([])
    const text = await page.getByRole('main').textContent()
    expect(text).toContain(uiWords['zh-CN'].error.failed.title)
    expect(text).toMatch(/[0-9A-Z]{10}/)
    expect(text).not.toMatch(/course_away|select|at \w+ \(/)
  } finally {
    await db.owner`alter table course_away rename to course`
  }

  const refused = await fetch(`${site.url}/sign-in`, {
    method: 'POST',
    headers: { origin: 'https://elsewhere.example', accept: 'text/html' },
  })
  expect(refused.status).toBe(403)
  const text = await refused.text()
  expect(text).toContain('<h1')
  expect(text).toContain(refused.headers.get('x-request-id') ?? 'no number')
})
