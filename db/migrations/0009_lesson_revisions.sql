ALTER TABLE "lesson" DROP CONSTRAINT "lesson_numbers";--> statement-breakpoint
ALTER TABLE "lesson" ADD COLUMN "revision" smallint DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "lesson" ADD COLUMN "changes" text;--> statement-breakpoint
ALTER TABLE "lesson_progress" ADD COLUMN "seen_revision" smallint DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "lesson_version" ADD COLUMN "revision" smallint DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "lesson" ADD CONSTRAINT "lesson_changes" CHECK (("lesson"."revision" = 1) = ("lesson"."changes" is null));--> statement-breakpoint
ALTER TABLE "lesson" ADD CONSTRAINT "lesson_numbers" CHECK ("lesson"."position" > 0 and "lesson"."minutes" > 0 and "lesson"."version" > 0 and "lesson"."revision" > 0);