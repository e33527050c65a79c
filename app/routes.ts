import { index, type RouteConfig, type RouteConfigEntry, route } from '@remix-run/route-config'
import type { Permission } from './features/accounts/roles.ts'

/**
 * Every URL of the product, grouped by who uses it. `audience` is what the route's own loader and action demand:
 * `public`, or a permission of app/features/accounts/roles.ts. The tests try each route as everyone else.
 * Not here: /health and /ready (app/server.ts).
 */
export type Page = { path: string; file: string; audience: 'public' | Permission }

const page = (path: string, file: string, audience: Page['audience']): Page => ({ path, file, audience })

export const pages: Page[] = [
  // site: no login
  page('/', 'site/home.tsx', 'public'),
  page('/courses', 'site/catalogue.tsx', 'public'),
  page('/courses/:course', 'site/course.tsx', 'public'),
  page('/paths', 'site/paths.tsx', 'public'),
  page('/paths/:occupation', 'site/path.tsx', 'public'),
  page('/courses/:course/test', 'learn/final-test.tsx', 'public'),
  page('/courses/:course/:lesson', 'learn/lesson.tsx', 'public'),
  page('/academies', 'site/academies.tsx', 'public'),
  page('/academies/:academy', 'site/academy.tsx', 'public'),
  page('/classes', 'site/classes.tsx', 'public'),
  page('/academies/:academy/classes/:class', 'site/class.tsx', 'public'),
  page('/help', 'site/help.tsx', 'public'),
  page('/help/:page', 'site/help-page.tsx', 'public'),

  // auth
  page('/sign-in', 'auth/sign-in.tsx', 'public'),
  page('/sign-out', 'auth/sign-out.tsx', 'public'),
  page('/register', 'auth/register.tsx', 'public'),
  page('/preferences', 'auth/preferences.tsx', 'public'),
  page('/me', 'auth/me.tsx', 'account.own'),
  page('/notices', 'auth/notices.tsx', 'account.own'),
  page('/me/notices', 'auth/my-notices.tsx', 'account.own'),
  page('/me/calendar', 'auth/my-calendar.tsx', 'account.own'),
  page('/me/academy', 'auth/my-academy.tsx', 'learning.own'),

  // learn: the worker
  page('/learn', 'learn/learning.tsx', 'learning.own'),
  page('/courses/:course/:lesson/notes', 'learn/lesson-notes.tsx', 'learning.own'),
  page('/courses/:course/:lesson/ask', 'learn/lesson-ask.tsx', 'learning.own'),
  page('/learn/rate/:course', 'learn/rate.tsx', 'learning.own'),
  page('/learn/questions', 'learn/questions.tsx', 'learning.own'),
  page('/learn/notes', 'learn/notes.tsx', 'learning.own'),
  page('/learn/classes', 'learn/classes.tsx', 'learning.own'),
  page('/learn/check-in', 'learn/check-in.tsx', 'learning.own'),
  page('/learn/leave', 'learn/leave.tsx', 'learning.own'),
  page('/learn/objections', 'learn/objections.tsx', 'learning.own'),
  page('/academies/:academy/classes/:class/materials', 'learn/class-materials.tsx', 'learning.own'),
  page('/academies/:academy/classes/:class/materials/:material', 'learn/class-material.ts', 'learning.own'),
  page('/learn/certificates', 'learn/certificates.tsx', 'learning.own'),

  // academy: administrator and instructor of one academy
  page('/academies/:academy/manage', 'academy/overview.tsx', 'training.read'),
  page('/academies/:academy/manage/classes', 'academy/classes.tsx', 'training.read'),
  page('/academies/:academy/manage/classes/new', 'academy/new-class.tsx', 'training.manage'),
  page('/academies/:academy/manage/classes/:class', 'academy/roster.tsx', 'training.read'),
  page('/academies/:academy/manage/classes/:class/edit', 'academy/edit-class.tsx', 'training.manage'),
  page('/academies/:academy/manage/classes/:class/seats', 'academy/seats.tsx', 'seats.phone'),
  page('/academies/:academy/manage/classes/:class/identity', 'academy/class-identity.tsx', 'identity.compare'),
  page('/academies/:academy/manage/classes/:class/materials', 'academy/materials.tsx', 'materials.check'),
  page('/academies/:academy/manage/classes/:class/materials/:material', 'academy/material.ts', 'materials.check'),
  page('/academies/:academy/manage/classes/:class/timetable', 'academy/timetable.tsx', 'training.manage'),
  page('/academies/:academy/manage/classes/:class/timetable/print', 'academy/timetable-paper.tsx', 'training.read'),
  page('/academies/:academy/manage/classes/:class/assessment', 'academy/assessment-plan.tsx', 'training.manage'),
  page('/academies/:academy/manage/classes/:class/attendance', 'academy/class-attendance.tsx', 'attendance.take'),
  page('/academies/:academy/manage/classes/:class/attendance/print', 'academy/sign-in-paper.tsx', 'attendance.take'),
  page('/academies/:academy/manage/today', 'academy/today.tsx', 'attendance.take'),
  page('/academies/:academy/roll', 'academy/roll.tsx', 'public'),
  page('/academies/:academy/manage/leave', 'academy/leave.tsx', 'attendance.take'),
  page('/academies/:academy/manage/objections', 'academy/objections.tsx', 'training.manage'),
  page('/academies/:academy/manage/sessions/:session', 'academy/session-sheet.tsx', 'attendance.take'),
  page('/academies/:academy/manage/sessions/:session/photos', 'academy/session-photos.tsx', 'classfile.keep'),
  page('/academies/:academy/manage/sessions/:session/paper', 'academy/session-paper.tsx', 'attendance.take'),
  page('/academies/:academy/manage/sessions/:session/code', 'academy/session-code.tsx', 'attendance.take'),
  page('/academies/:academy/manage/sessions/:session/scan', 'academy/session-scan.tsx', 'attendance.take'),
  page('/academies/:academy/manage/calendar', 'academy/month.tsx', 'training.manage'),
  page('/academies/:academy/manage/templates', 'academy/templates.tsx', 'training.manage'),
  page('/academies/:academy/manage/certification', 'academy/certification.tsx', 'training.manage'),
  page('/academies/:academy/manage/certification/export', 'academy/certification-export.ts', 'training.manage'),
  page('/academies/:academy/manage/sites', 'academy/sites.tsx', 'sites.keep'),
  page('/academies/:academy/manage/instructors', 'academy/instructors.tsx', 'instructors.keep'),
  page('/academies/:academy/manage/instructors/:instructor', 'academy/instructor.tsx', 'instructors.keep'),
  page('/academies/:academy/manage/courses', 'academy/courses.tsx', 'learning.watch'),
  page('/academies/:academy/manage/courses/:course', 'academy/course.tsx', 'learning.watch'),
  page('/academies/:academy/manage/courses/:course/export', 'academy/course-export.ts', 'learning.watch'),
  page('/academies/:academy/manage/questions', 'academy/questions.tsx', 'questions.answer'),
  page('/academies/:academy/manage/questions/:question', 'academy/question.tsx', 'questions.answer'),
  page('/academies/:academy/manage/messages', 'academy/messages.tsx', 'training.manage'),
  page('/academies/:academy/manage/ledger/template', 'academy/ledger-template.ts', 'ledger.manage'),
  page('/academies/:academy/manage/ledger/export', 'academy/ledger-export.ts', 'ledger.export'),
  page('/academies/:academy/manage/ledger', 'academy/ledger.tsx', 'ledger.manage'),
  page('/academies/:academy/manage/ledger/:upload', 'academy/ledger-upload.tsx', 'ledger.manage'),
  page('/academies/:academy/manage/ledger/:upload/rejected', 'academy/ledger-rejected.ts', 'ledger.manage'),
  page('/academies/:academy/manage/ledger/imports/:import/undo', 'academy/ledger-undo.tsx', 'ledger.manage'),
  page('/academies/:academy/manage/classes/:class/mend', 'academy/mend-class.tsx', 'training.mend'),
  page('/academies/:academy/manage/classes/:class/assessed-on', 'union/mend-assessed.tsx', 'certification.mend'),
  page('/academies/:academy/manage/identity', 'academy/identity.tsx', 'identity.confirm'),

  // enterprise: the union of an employer, for its own workers
  page('/enterprise', 'enterprise/classes.tsx', 'group.enrol'),
  page('/enterprise/workers', 'enterprise/workers.tsx', 'group.enrol'),
  page('/enterprise/classes/:academy/:class', 'enterprise/class.tsx', 'group.enrol'),

  // a class's file (一班一档): those who run the class, and those above
  page('/academies/:academy/classes/:class/closing', 'academy/closing.tsx', 'classfile.read'),
  page('/academies/:academy/classes/:class/file', 'academy/class-file.tsx', 'classfile.read'),
  page('/academies/:academy/classes/:class/file/zip', 'academy/class-file-zip.ts', 'classfile.read'),
  page('/academies/:academy/classes/:class/file/made/:made', 'academy/class-file-made.ts', 'classfile.read'),
  page('/academies/:academy/classes/:class/group', 'academy/group-qr.tsx', 'classfile.keep'),
  page('/academies/:academy/classes/:class/group/picture', 'academy/group-qr-picture.ts', 'account.own'),
  page('/academies/:academy/classes/:class/file/none/:part', 'academy/class-file-none.tsx', 'classfile.keep'),
  page('/academies/:academy/classes/:class/file/:file', 'academy/class-file-document.ts', 'classfile.read'),
  page('/academies/:academy/classes/:class/file/:file/remove', 'academy/class-file-remove.tsx', 'classfile.keep'),

  // union: sponsor's and provincial reviewers (an academy's people open their own figures here too)
  page('/province', 'union/province.tsx', 'figures.compare'),
  page('/province/export', 'union/province-export.ts', 'figures.compare'),
  page('/academies/:academy/figures', 'union/academy.tsx', 'figures.read'),
  page('/academies/:academy/figures/:figure', 'union/persons.tsx', 'figures.read'),
  page('/academies/:academy/figures/:figure/export', 'union/persons-export.ts', 'figures.read'),
  page('/objections', 'union/objections.tsx', 'attendance.correct'),
  page('/openings', 'union/openings.tsx', 'opening.review'),
  page('/academies/:academy/sessions/:session', 'union/session-sheet.tsx', 'attendance.correct'),
  page('/academies/:academy/persons/:person', 'union/person.tsx', 'figures.read'),
  page('/persons', 'union/search.tsx', 'persons.search'),
  page('/persons/:person/mend', 'union/person-mend.tsx', 'persons.mend'),
  page('/persons/:person/merge', 'union/person-merge.tsx', 'persons.mend'),
  page('/work-calendar', 'union/work-calendar.tsx', 'calendar.keep'),

  // operate
  page('/operate', 'operate/state.tsx', 'system.operate'),
  page('/operate/messages', 'operate/messages.tsx', 'system.operate'),

  // api
  page('/courses/:course/:lesson/place', 'api/lesson-place.ts', 'learning.own'),
  page('/assets/courses/:digest', 'api/course-asset.ts', 'public'),
  page('/assets/media/:digest', 'api/course-media.ts', 'public'),
  page('/calendar.ics', 'api/calendar.ts', 'public'),
  page('/academies/:academy/manage/sessions/:session/roll', 'api/session-roll.ts', 'attendance.take'),
  page('/learn/heartbeats', 'api/heartbeats.ts', 'learning.own'),
]

const toRoute = ({ path, file }: Page): RouteConfigEntry =>
  path === '/' ? index(`routes/${file}`) : route(path.slice(1), `routes/${file}`)

export default [...pages.map(toRoute), route('*', 'routes/site/not-found.tsx')] satisfies RouteConfig
