CREATE TABLE "final_test" (
	"course_slug" text PRIMARY KEY NOT NULL,
	"title" text NOT NULL,
	"title_en" text NOT NULL,
	"intro" text NOT NULL,
	"intro_en" text NOT NULL,
	"version" integer NOT NULL,
	"required_since" timestamp with time zone NOT NULL,
	"withdrawn_at" timestamp with time zone,
	CONSTRAINT "final_test_number" CHECK ("final_test"."version" > 0)
);
--> statement-breakpoint
ALTER TABLE "final_test" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "final_test_bank" (
	"course_slug" text NOT NULL,
	"version" integer NOT NULL,
	"topics" jsonb NOT NULL,
	"key" jsonb NOT NULL,
	CONSTRAINT "final_test_bank_course_slug_version_pk" PRIMARY KEY("course_slug","version")
);
--> statement-breakpoint
ALTER TABLE "final_test_bank" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "final_test_version" (
	"course_slug" text NOT NULL,
	"version" integer NOT NULL,
	"digest" "bytea" NOT NULL,
	"question_count" smallint NOT NULL,
	"pass_percent" smallint NOT NULL,
	"minutes" smallint NOT NULL,
	"attempts" smallint NOT NULL,
	"pause_hours" smallint NOT NULL,
	"is_shuffled" boolean NOT NULL,
	"show" text NOT NULL,
	"published_at" timestamp with time zone NOT NULL,
	CONSTRAINT "final_test_version_course_slug_version_pk" PRIMARY KEY("course_slug","version"),
	CONSTRAINT "final_test_show" CHECK ("final_test_version"."show" in ('score', 'mistakes', 'answers')),
	CONSTRAINT "final_test_rules" CHECK ("final_test_version"."question_count" > 0 and "final_test_version"."pass_percent" between 1 and 100 and "final_test_version"."minutes" > 0 and "final_test_version"."attempts" > 0 and "final_test_version"."pause_hours" >= 0)
);
--> statement-breakpoint
ALTER TABLE "final_test_version" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "final_test" ADD CONSTRAINT "final_test_course_slug_course_slug_fk" FOREIGN KEY ("course_slug") REFERENCES "public"."course"("slug") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "final_test_bank" ADD CONSTRAINT "final_test_bank_version_fk" FOREIGN KEY ("course_slug","version") REFERENCES "public"."final_test_version"("course_slug","version") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "final_test_version" ADD CONSTRAINT "final_test_version_course_slug_final_test_course_slug_fk" FOREIGN KEY ("course_slug") REFERENCES "public"."final_test"("course_slug") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE POLICY "final_test_read" ON "final_test" AS PERMISSIVE FOR SELECT TO public USING (true);--> statement-breakpoint
CREATE POLICY "final_test_insert" ON "final_test" AS PERMISSIVE FOR INSERT TO public WITH CHECK ((select nullif(current_setting('app.purpose', true), '') in ('content')));--> statement-breakpoint
CREATE POLICY "final_test_update" ON "final_test" AS PERMISSIVE FOR UPDATE TO public USING ((select nullif(current_setting('app.purpose', true), '') in ('content'))) WITH CHECK ((select nullif(current_setting('app.purpose', true), '') in ('content')));--> statement-breakpoint
CREATE POLICY "final_test_bank_read" ON "final_test_bank" AS PERMISSIVE FOR SELECT TO public USING ((select nullif(current_setting('app.purpose', true), '') in ('credit', 'content')));--> statement-breakpoint
CREATE POLICY "final_test_bank_insert" ON "final_test_bank" AS PERMISSIVE FOR INSERT TO public WITH CHECK ((select nullif(current_setting('app.purpose', true), '') in ('content')));--> statement-breakpoint
CREATE POLICY "final_test_version_read" ON "final_test_version" AS PERMISSIVE FOR SELECT TO public USING (true);--> statement-breakpoint
CREATE POLICY "final_test_version_insert" ON "final_test_version" AS PERMISSIVE FOR INSERT TO public WITH CHECK ((select nullif(current_setting('app.purpose', true), '') in ('content')));