CREATE TABLE "lesson_answer" (
	"academy_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"question_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"name" text NOT NULL,
	"text" text NOT NULL,
	"answered_at" timestamp with time zone NOT NULL,
	CONSTRAINT "lesson_answer_academy_id_id_pk" PRIMARY KEY("academy_id","id"),
	CONSTRAINT "lesson_answer_text" CHECK (char_length("lesson_answer"."text") between 1 and 2000)
);
--> statement-breakpoint
ALTER TABLE "lesson_answer" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "lesson_question" (
	"academy_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"class_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"course_slug" text NOT NULL,
	"lesson_slug" text NOT NULL,
	"version" integer NOT NULL,
	"text" text NOT NULL,
	"asked_at" timestamp with time zone NOT NULL,
	CONSTRAINT "lesson_question_academy_id_id_pk" PRIMARY KEY("academy_id","id"),
	CONSTRAINT "lesson_question_text" CHECK (char_length("lesson_question"."text") between 1 and 1000)
);
--> statement-breakpoint
ALTER TABLE "lesson_question" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "notice" (
	"id" uuid PRIMARY KEY NOT NULL,
	"account_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"subject_id" uuid NOT NULL,
	"detail" jsonb NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"read_at" timestamp with time zone,
	CONSTRAINT "notice_kind" CHECK ("notice"."kind" in ('question.asked', 'question.answered'))
);
--> statement-breakpoint
ALTER TABLE "notice" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "lesson_answer" ADD CONSTRAINT "lesson_answer_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lesson_answer" ADD CONSTRAINT "lesson_answer_academy_id_question_id_lesson_question_academy_id_id_fk" FOREIGN KEY ("academy_id","question_id") REFERENCES "public"."lesson_question"("academy_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lesson_question" ADD CONSTRAINT "lesson_question_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lesson_question" ADD CONSTRAINT "lesson_question_academy_id_class_id_class_academy_id_id_fk" FOREIGN KEY ("academy_id","class_id") REFERENCES "public"."class"("academy_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lesson_question" ADD CONSTRAINT "lesson_question_course_slug_lesson_slug_lesson_course_slug_slug_fk" FOREIGN KEY ("course_slug","lesson_slug") REFERENCES "public"."lesson"("course_slug","slug") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notice" ADD CONSTRAINT "notice_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "lesson_answer_question" ON "lesson_answer" USING btree ("academy_id","question_id","id");--> statement-breakpoint
CREATE INDEX "lesson_question_class" ON "lesson_question" USING btree ("academy_id","class_id","id");--> statement-breakpoint
CREATE INDEX "lesson_question_account" ON "lesson_question" USING btree ("account_id","course_slug","lesson_slug");--> statement-breakpoint
CREATE UNIQUE INDEX "notice_once" ON "notice" USING btree ("account_id","kind","subject_id");--> statement-breakpoint
CREATE INDEX "notice_account" ON "notice" USING btree ("account_id","id");--> statement-breakpoint
CREATE INDEX "notice_unread" ON "notice" USING btree ("account_id") WHERE "notice"."read_at" is null;--> statement-breakpoint
CREATE POLICY "lesson_answer_read" ON "lesson_answer" AS PERMISSIVE FOR SELECT TO public USING (exists (select 1 from lesson_question q where q.academy_id = "lesson_answer"."academy_id" and q.id = "lesson_answer"."question_id"));--> statement-breakpoint
CREATE POLICY "lesson_answer_insert" ON "lesson_answer" AS PERMISSIVE FOR INSERT TO public WITH CHECK ((select nullif(current_setting('app.purpose', true), '') in ('questions')));--> statement-breakpoint
CREATE POLICY "lesson_question_read" ON "lesson_question" AS PERMISSIVE FOR SELECT TO public USING ((select nullif(current_setting('app.purpose', true), '') in ('questions')) or "lesson_question"."account_id" = (select nullif(current_setting('app.account', true), '')::uuid) or ((select nullif(current_setting('app.role', true), '') in ('academy_admin')) and "lesson_question"."academy_id" = (select nullif(current_setting('app.academy', true), '')::uuid)) or ((select nullif(current_setting('app.role', true), '') in ('instructor')) and "lesson_question"."class_id" in (select cs.class_id from class_staff cs where cs.account_id = (select nullif(current_setting('app.account', true), '')::uuid))));--> statement-breakpoint
CREATE POLICY "lesson_question_insert" ON "lesson_question" AS PERMISSIVE FOR INSERT TO public WITH CHECK ((select nullif(current_setting('app.purpose', true), '') in ('questions')));--> statement-breakpoint
CREATE POLICY "notice_read" ON "notice" AS PERMISSIVE FOR SELECT TO public USING ((select nullif(current_setting('app.purpose', true), '') in ('sign_in')) or "notice"."account_id" = (select nullif(current_setting('app.account', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "notice_insert" ON "notice" AS PERMISSIVE FOR INSERT TO public WITH CHECK ((select nullif(current_setting('app.purpose', true), '') in ('questions')));--> statement-breakpoint
CREATE POLICY "notice_update" ON "notice" AS PERMISSIVE FOR UPDATE TO public USING ("notice"."account_id" = (select nullif(current_setting('app.account', true), '')::uuid)) WITH CHECK ("notice"."account_id" = (select nullif(current_setting('app.account', true), '')::uuid));--> statement-breakpoint
ALTER POLICY "account_read" ON "account" TO public USING ((select nullif(current_setting('app.purpose', true), '') in ('sign_in', 'register', 'identity', 'setup', 'health')) or "account"."id" = (select nullif(current_setting('app.account', true), '')::uuid) or ((select nullif(current_setting('app.role', true), '') in ('academy_admin')) and "account"."academy_id" = (select nullif(current_setting('app.academy', true), '')::uuid)) or ((select nullif(current_setting('app.role', true), '') in ('provincial_handler')) and "account"."role" = 'worker') or ((select nullif(current_setting('app.purpose', true), '') in ('questions')) and "account"."role" in ('academy_admin', 'instructor')));--> statement-breakpoint
ALTER POLICY "class_staff_read" ON "class_staff" TO public USING ((select nullif(current_setting('app.role', true), '') in ('provincial_handler', 'provincial_reviewer')) or (select nullif(current_setting('app.purpose', true), '') in ('questions')) or "class_staff"."account_id" = (select nullif(current_setting('app.account', true), '')::uuid) or ((select nullif(current_setting('app.role', true), '') in ('academy_admin')) and "class_staff"."academy_id" = (select nullif(current_setting('app.academy', true), '')::uuid)) or ((select nullif(current_setting('app.role', true), '') in ('sponsor_reviewer')) and "class_staff"."academy_id" in (select a.id from academy a where a.sponsor_id = (select nullif(current_setting('app.union', true), '')::uuid))));