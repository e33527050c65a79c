import { yearOf } from '#app/lib/calendar.ts'
import type { CourseDetail } from './course-detail.server.ts'

/** What a course says of itself, as the form of an online class with it is filled in; `title` stands in the class's name. */
export const onlineDefaults = ({ slug, title, occupationCode, level, plannedHours }: CourseDetail, today: string) => ({
  title,
  fields: {
    mode: 'online',
    courseSlug: slug,
    occupationCode: occupationCode ?? '',
    level: level ?? '',
    plannedHours: String(plannedHours),
    startsOn: today,
    endsOn: `${yearOf(today)}-12-31`,
  },
})
