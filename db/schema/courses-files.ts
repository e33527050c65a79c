import { sql } from 'drizzle-orm'
import { check, integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import { bytea, instant } from './kit.ts'
import { everybody, policies, purposeIn } from './rls.ts'

/** A figure of a course or the captions of a video, checked when it was published and served under its digest, so that it can be cached for ever. */
export const courseAsset = pgTable(
  'course_asset',
  {
    /** SHA-256 of the bytes. */
    digest: bytea('digest').primaryKey(),
    mediaType: text('media_type').notNull(),
    bytes: bytea('bytes').notNull(),
    publishedAt: instant('published_at').notNull(),
  },
  (t) => [
    check('course_asset_type', sql`${t.mediaType} in ('image/svg+xml', 'text/vtt')`),
    check('course_asset_digest', sql`length(${t.digest}) = 32`),
    ...policies('course_asset', { read: [everybody], insert: [purposeIn('content')] }),
  ],
)

/** A video or recording of a course, checked when it was published and served under its digest. Its bytes: course_media_piece. */
export const courseMedia = pgTable(
  'course_media',
  {
    /** SHA-256 of the whole. */
    digest: bytea('digest').primaryKey(),
    mediaType: text('media_type').notNull(),
    /** Bytes of the whole. */
    size: integer('size').notNull(),
    publishedAt: instant('published_at').notNull(),
  },
  (t) => [
    check('course_media_type', sql`${t.mediaType} in ('video/mp4', 'audio/mp4')`),
    check('course_media_digest', sql`length(${t.digest}) = 32 and ${t.size} > 0`),
    ...policies('course_media', { read: [everybody], insert: [purposeIn('content')] }),
  ],
)

/** A part of a recording, so that none is ever held whole: 256 KiB each but the last. In the database, so that every server has it. */
export const courseMediaPiece = pgTable(
  'course_media_piece',
  {
    digest: bytea('digest')
      .notNull()
      .references(() => courseMedia.digest),
    /** 0, 1, … */
    index: integer('index').notNull(),
    bytes: bytea('bytes').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.digest, t.index] }),
    check('course_media_piece_bytes', sql`${t.index} >= 0 and length(${t.bytes}) between 1 and 262144`),
    ...policies('course_media_piece', { read: [everybody], insert: [purposeIn('content')] }),
  ],
)
