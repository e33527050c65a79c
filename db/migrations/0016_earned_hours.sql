CREATE TABLE "learner_clock" (
	"account_id" uuid PRIMARY KEY NOT NULL,
	"counted" "tstzmultirange" NOT NULL,
	"page" text,
	"page_since" timestamp with time zone,
	"touched_at" timestamp with time zone,
	"seen_at" timestamp with time zone,
	"beat_at" timestamp with time zone,
	CONSTRAINT "learner_clock_page" CHECK (("learner_clock"."page" is null) = ("learner_clock"."page_since" is null))
);
--> statement-breakpoint
ALTER TABLE "learner_clock" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "lesson_time" (
	"account_id" uuid NOT NULL,
	"course_slug" text NOT NULL,
	"lesson_slug" text NOT NULL,
	"active_ms" integer NOT NULL,
	"by_form_ms" integer NOT NULL,
	"began_at" timestamp with time zone NOT NULL,
	"counted_at" timestamp with time zone NOT NULL,
	CONSTRAINT "lesson_time_account_id_course_slug_lesson_slug_pk" PRIMARY KEY("account_id","course_slug","lesson_slug"),
	CONSTRAINT "lesson_time_ms" CHECK ("lesson_time"."by_form_ms" >= 0 and "lesson_time"."active_ms" >= "lesson_time"."by_form_ms")
);
--> statement-breakpoint
ALTER TABLE "lesson_time" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "media_play" (
	"account_id" uuid NOT NULL,
	"course_slug" text NOT NULL,
	"lesson_slug" text NOT NULL,
	"media" text NOT NULL,
	"played" "int4multirange" NOT NULL,
	CONSTRAINT "media_play_account_id_course_slug_lesson_slug_media_pk" PRIMARY KEY("account_id","course_slug","lesson_slug","media")
);
--> statement-breakpoint
ALTER TABLE "media_play" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "policy" DROP CONSTRAINT "policy_subject";--> statement-breakpoint
ALTER TABLE "lesson" ADD COLUMN "active_minutes" smallint;--> statement-breakpoint
ALTER TABLE "lesson" ADD COLUMN "media" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "lesson_progress" ADD COLUMN "done_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "policy" ADD COLUMN "active_percent" integer;--> statement-breakpoint
ALTER TABLE "policy" ADD COLUMN "played_percent" integer;--> statement-breakpoint
ALTER TABLE "policy" ADD COLUMN "full_speed_tenths" integer;--> statement-breakpoint
ALTER TABLE "policy" ADD COLUMN "idle_seconds" integer;--> statement-breakpoint
ALTER TABLE "policy" ADD COLUMN "late_minutes" integer;--> statement-breakpoint
ALTER TABLE "learner_clock" ADD CONSTRAINT "learner_clock_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lesson_time" ADD CONSTRAINT "lesson_time_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lesson_time" ADD CONSTRAINT "lesson_time_course_slug_lesson_slug_lesson_course_slug_slug_fk" FOREIGN KEY ("course_slug","lesson_slug") REFERENCES "public"."lesson"("course_slug","slug") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "media_play" ADD CONSTRAINT "media_play_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "media_play" ADD CONSTRAINT "media_play_course_slug_lesson_slug_lesson_course_slug_slug_fk" FOREIGN KEY ("course_slug","lesson_slug") REFERENCES "public"."lesson"("course_slug","slug") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lesson" ADD CONSTRAINT "lesson_active_minutes" CHECK ("lesson"."active_minutes" between 0 and "lesson"."minutes");--> statement-breakpoint
ALTER TABLE "policy" ADD CONSTRAINT "policy_learning" CHECK ("policy"."active_percent" between 0 and 100 and "policy"."played_percent" between 0 and 100 and "policy"."full_speed_tenths" >= 10 and "policy"."idle_seconds" >= 10 and "policy"."late_minutes" > 0);--> statement-breakpoint
ALTER TABLE "policy" ADD CONSTRAINT "policy_subject" CHECK ("policy"."subject" in ('brands', 'trained', 'practical', 'rate', 'growth', 'counting', 'learning'));--> statement-breakpoint
CREATE POLICY "learner_clock_read" ON "learner_clock" AS PERMISSIVE FOR SELECT TO public USING ((select nullif(current_setting('app.purpose', true), '') in ('hours')) or "learner_clock"."account_id" = (select nullif(current_setting('app.account', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "learner_clock_insert" ON "learner_clock" AS PERMISSIVE FOR INSERT TO public WITH CHECK ((select nullif(current_setting('app.purpose', true), '') in ('hours')));--> statement-breakpoint
CREATE POLICY "learner_clock_update" ON "learner_clock" AS PERMISSIVE FOR UPDATE TO public USING ((select nullif(current_setting('app.purpose', true), '') in ('hours'))) WITH CHECK ((select nullif(current_setting('app.purpose', true), '') in ('hours')));--> statement-breakpoint
CREATE POLICY "lesson_time_read" ON "lesson_time" AS PERMISSIVE FOR SELECT TO public USING ((select nullif(current_setting('app.purpose', true), '') in ('hours', 'credit')) or "lesson_time"."account_id" = (select nullif(current_setting('app.account', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "lesson_time_insert" ON "lesson_time" AS PERMISSIVE FOR INSERT TO public WITH CHECK ((select nullif(current_setting('app.purpose', true), '') in ('hours')));--> statement-breakpoint
CREATE POLICY "lesson_time_update" ON "lesson_time" AS PERMISSIVE FOR UPDATE TO public USING ((select nullif(current_setting('app.purpose', true), '') in ('hours'))) WITH CHECK ((select nullif(current_setting('app.purpose', true), '') in ('hours')));--> statement-breakpoint
CREATE POLICY "media_play_read" ON "media_play" AS PERMISSIVE FOR SELECT TO public USING ((select nullif(current_setting('app.purpose', true), '') in ('hours', 'credit')) or "media_play"."account_id" = (select nullif(current_setting('app.account', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "media_play_insert" ON "media_play" AS PERMISSIVE FOR INSERT TO public WITH CHECK ((select nullif(current_setting('app.purpose', true), '') in ('hours')));--> statement-breakpoint
CREATE POLICY "media_play_update" ON "media_play" AS PERMISSIVE FOR UPDATE TO public USING ((select nullif(current_setting('app.purpose', true), '') in ('hours'))) WITH CHECK ((select nullif(current_setting('app.purpose', true), '') in ('hours')));--> statement-breakpoint
ALTER POLICY "lesson_progress_read" ON "lesson_progress" TO public USING ((select nullif(current_setting('app.purpose', true), '') in ('credit', 'hours')) or "lesson_progress"."account_id" = (select nullif(current_setting('app.account', true), '')::uuid));