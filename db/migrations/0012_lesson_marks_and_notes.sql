CREATE TABLE "lesson_mark" (
	"account_id" uuid NOT NULL,
	"course_slug" text NOT NULL,
	"lesson_slug" text NOT NULL,
	"place" smallint,
	"bookmarked_at" timestamp with time zone,
	CONSTRAINT "lesson_mark_account_id_course_slug_lesson_slug_pk" PRIMARY KEY("account_id","course_slug","lesson_slug"),
	CONSTRAINT "lesson_mark_place" CHECK ("lesson_mark"."place" >= 0)
);
--> statement-breakpoint
ALTER TABLE "lesson_mark" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "lesson_note" (
	"account_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"course_slug" text NOT NULL,
	"lesson_slug" text NOT NULL,
	"text" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"changed_at" timestamp with time zone NOT NULL,
	CONSTRAINT "lesson_note_account_id_id_pk" PRIMARY KEY("account_id","id"),
	CONSTRAINT "lesson_note_text" CHECK (char_length("lesson_note"."text") between 1 and 2000)
);
--> statement-breakpoint
ALTER TABLE "lesson_note" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "lesson_mark" ADD CONSTRAINT "lesson_mark_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lesson_mark" ADD CONSTRAINT "lesson_mark_course_slug_lesson_slug_lesson_course_slug_slug_fk" FOREIGN KEY ("course_slug","lesson_slug") REFERENCES "public"."lesson"("course_slug","slug") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lesson_note" ADD CONSTRAINT "lesson_note_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lesson_note" ADD CONSTRAINT "lesson_note_course_slug_lesson_slug_lesson_course_slug_slug_fk" FOREIGN KEY ("course_slug","lesson_slug") REFERENCES "public"."lesson"("course_slug","slug") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE POLICY "lesson_mark_read" ON "lesson_mark" AS PERMISSIVE FOR SELECT TO public USING ("lesson_mark"."account_id" = (select nullif(current_setting('app.account', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "lesson_mark_insert" ON "lesson_mark" AS PERMISSIVE FOR INSERT TO public WITH CHECK ("lesson_mark"."account_id" = (select nullif(current_setting('app.account', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "lesson_mark_update" ON "lesson_mark" AS PERMISSIVE FOR UPDATE TO public USING ("lesson_mark"."account_id" = (select nullif(current_setting('app.account', true), '')::uuid)) WITH CHECK ("lesson_mark"."account_id" = (select nullif(current_setting('app.account', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "lesson_note_read" ON "lesson_note" AS PERMISSIVE FOR SELECT TO public USING ("lesson_note"."account_id" = (select nullif(current_setting('app.account', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "lesson_note_insert" ON "lesson_note" AS PERMISSIVE FOR INSERT TO public WITH CHECK ("lesson_note"."account_id" = (select nullif(current_setting('app.account', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "lesson_note_update" ON "lesson_note" AS PERMISSIVE FOR UPDATE TO public USING ("lesson_note"."account_id" = (select nullif(current_setting('app.account', true), '')::uuid)) WITH CHECK ("lesson_note"."account_id" = (select nullif(current_setting('app.account', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "lesson_note_remove" ON "lesson_note" AS PERMISSIVE FOR DELETE TO public USING ("lesson_note"."account_id" = (select nullif(current_setting('app.account', true), '')::uuid));