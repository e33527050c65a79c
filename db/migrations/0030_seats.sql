CREATE TABLE "answered_form" (
	"account_id" uuid NOT NULL,
	"key" uuid NOT NULL,
	"digest" "bytea" NOT NULL,
	"answer" jsonb,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "answered_form_account_id_key_pk" PRIMARY KEY("account_id","key")
);
--> statement-breakpoint
ALTER TABLE "answered_form" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "worker_time" (
	"academy_id" uuid NOT NULL,
	"enrolment_id" uuid NOT NULL,
	"session_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"during" "tstzrange" NOT NULL,
	CONSTRAINT "worker_time_academy_id_enrolment_id_session_id_pk" PRIMARY KEY("academy_id","enrolment_id","session_id")
);
--> statement-breakpoint
ALTER TABLE "worker_time" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "notice" DROP CONSTRAINT "notice_kind";--> statement-breakpoint
ALTER TABLE "policy" DROP CONSTRAINT "policy_subject";--> statement-breakpoint
ALTER TABLE "class" DROP CONSTRAINT "class_seats";--> statement-breakpoint
ALTER TABLE "policy" ADD COLUMN "most_seats" integer;--> statement-breakpoint
ALTER TABLE "policy" ADD COLUMN "request_days" integer;--> statement-breakpoint
ALTER TABLE "policy" ADD COLUMN "hold_hours" integer;--> statement-breakpoint
ALTER TABLE "policy" ADD COLUMN "hold_from" integer;--> statement-breakpoint
ALTER TABLE "policy" ADD COLUMN "hold_until" integer;--> statement-breakpoint
ALTER TABLE "policy" ADD COLUMN "cut_off_hours" integer;--> statement-breakpoint
ALTER TABLE "enrolment" ADD COLUMN "years_of_work" integer;--> statement-breakpoint
ALTER TABLE "enrolment" ADD COLUMN "is_union_member" boolean;--> statement-breakpoint
ALTER TABLE "enrolment" ADD COLUMN "line_number" integer;--> statement-breakpoint
ALTER TABLE "enrolment" ADD COLUMN "answer_due_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "enrolment" ADD COLUMN "seat_ending" text;--> statement-breakpoint
ALTER TABLE "enrolment" ADD COLUMN "rejected_because" text;--> statement-breakpoint
ALTER TABLE "class" ADD COLUMN "needs_approval" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "class" ADD COLUMN "has_waitlist" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "class" ADD COLUMN "line_numbers" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "class" ADD COLUMN "answers_due_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "class" ADD COLUMN "eligible_categories" text[];--> statement-breakpoint
ALTER TABLE "class" ADD COLUMN "eligible_level" text;--> statement-breakpoint
ALTER TABLE "class" ADD COLUMN "eligible_years" integer;--> statement-breakpoint
ALTER TABLE "class" ADD COLUMN "eligible_employers" text[];--> statement-breakpoint
ALTER TABLE "class" ADD COLUMN "is_for_members" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "class" ADD COLUMN "cancelled_because" text;--> statement-breakpoint
ALTER TABLE "answered_form" ADD CONSTRAINT "answered_form_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "worker_time" ADD CONSTRAINT "worker_time_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "worker_time" ADD CONSTRAINT "worker_time_academy_id_enrolment_id_enrolment_academy_id_id_fk" FOREIGN KEY ("academy_id","enrolment_id") REFERENCES "public"."enrolment"("academy_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "worker_time" ADD CONSTRAINT "worker_time_academy_id_session_id_class_session_academy_id_id_fk" FOREIGN KEY ("academy_id","session_id") REFERENCES "public"."class_session"("academy_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "worker_time_session" ON "worker_time" USING btree ("academy_id","session_id");--> statement-breakpoint
CREATE INDEX "enrolment_line" ON "enrolment" USING btree ("academy_id","class_id","seat","line_number") WHERE "enrolment"."seat" in ('requested', 'waitlisted', 'offered');--> statement-breakpoint
CREATE INDEX "class_answers_due" ON "class" USING btree ("answers_due_at") WHERE "class"."answers_due_at" is not null;--> statement-breakpoint
ALTER TABLE "notice" ADD CONSTRAINT "notice_kind" CHECK ("notice"."kind" in ('question.asked', 'question.answered', 'seat.enrolled', 'seat.waitlisted', 'seat.offered', 'seat.offer_expired', 'seat.rejected', 'seat.request_expired', 'seat.withdrawn', 'class.cancelled'));--> statement-breakpoint
ALTER TABLE "policy" ADD CONSTRAINT "policy_seats" CHECK ("policy"."most_seats" >= 0 and "policy"."request_days" > 0 and "policy"."hold_hours" > 0 and "policy"."cut_off_hours" >= 0 and "policy"."hold_from" between 0 and 23 and "policy"."hold_until" between 1 and 24 and "policy"."hold_from" < "policy"."hold_until");--> statement-breakpoint
ALTER TABLE "policy" ADD CONSTRAINT "policy_subject" CHECK ("policy"."subject" in ('brands', 'trained', 'practical', 'rate', 'growth', 'counting', 'learning', 'seats'));--> statement-breakpoint
ALTER TABLE "enrolment" ADD CONSTRAINT "enrolment_answer_due" CHECK (("enrolment"."answer_due_at" is not null) = ("enrolment"."seat" in ('requested', 'offered')));--> statement-breakpoint
ALTER TABLE "enrolment" ADD CONSTRAINT "enrolment_waits_in_line" CHECK ("enrolment"."seat" not in ('requested', 'waitlisted') or "enrolment"."line_number" is not null);--> statement-breakpoint
ALTER TABLE "enrolment" ADD CONSTRAINT "enrolment_ending" CHECK ("enrolment"."seat_ending" in ('left', 'declined', 'offer_expired', 'request_expired', 'class_cancelled'));--> statement-breakpoint
ALTER TABLE "enrolment" ADD CONSTRAINT "enrolment_ended" CHECK ("enrolment"."seat_ending" is null or "enrolment"."seat" = 'withdrawn');--> statement-breakpoint
ALTER TABLE "enrolment" ADD CONSTRAINT "enrolment_rejected" CHECK ("enrolment"."rejected_because" is null or "enrolment"."seat" = 'rejected');--> statement-breakpoint
ALTER TABLE "enrolment" ADD CONSTRAINT "enrolment_years" CHECK ("enrolment"."years_of_work" between 0 and 80);--> statement-breakpoint
ALTER TABLE "class" ADD CONSTRAINT "class_line" CHECK ("class"."line_numbers" >= 0);--> statement-breakpoint
ALTER TABLE "class" ADD CONSTRAINT "class_eligible" CHECK ("class"."eligible_categories" <> '{}' and "class"."eligible_employers" <> '{}' and "class"."eligible_years" between 1 and 60);--> statement-breakpoint
ALTER TABLE "class" ADD CONSTRAINT "class_eligible_level" CHECK ("class"."eligible_level" in ('apprentice', 'l5', 'l4', 'l3', 'l2', 'l1', 'special_technician', 'chief_technician'));--> statement-breakpoint
ALTER TABLE "class" ADD CONSTRAINT "class_eligible_level_of" CHECK ("class"."eligible_level" is null or "class"."occupation_code" is not null);--> statement-breakpoint
ALTER TABLE "class" ADD CONSTRAINT "class_cancelled" CHECK ("class"."cancelled_because" is null or "class"."status" = 'cancelled');--> statement-breakpoint
ALTER TABLE "class" ADD CONSTRAINT "class_seats" CHECK ("class"."taken" >= 0);--> statement-breakpoint
CREATE POLICY "answered_form_read" ON "answered_form" AS PERMISSIVE FOR SELECT TO public USING ("answered_form"."account_id" = (select nullif(current_setting('app.account', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "answered_form_insert" ON "answered_form" AS PERMISSIVE FOR INSERT TO public WITH CHECK ("answered_form"."account_id" = (select nullif(current_setting('app.account', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "answered_form_update" ON "answered_form" AS PERMISSIVE FOR UPDATE TO public USING ("answered_form"."account_id" = (select nullif(current_setting('app.account', true), '')::uuid)) WITH CHECK ("answered_form"."account_id" = (select nullif(current_setting('app.account', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "answered_form_remove" ON "answered_form" AS PERMISSIVE FOR DELETE TO public USING ("answered_form"."account_id" = (select nullif(current_setting('app.account', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "worker_time_read" ON "worker_time" AS PERMISSIVE FOR SELECT TO public USING ((select nullif(current_setting('app.purpose', true), '') in ('seats')));--> statement-breakpoint
CREATE POLICY "worker_time_insert" ON "worker_time" AS PERMISSIVE FOR INSERT TO public WITH CHECK ((select nullif(current_setting('app.purpose', true), '') in ('seats')));--> statement-breakpoint
CREATE POLICY "worker_time_remove" ON "worker_time" AS PERMISSIVE FOR DELETE TO public USING ((select nullif(current_setting('app.purpose', true), '') in ('seats')));--> statement-breakpoint
ALTER POLICY "assessment_read" ON "assessment" TO public USING ((select nullif(current_setting('app.role', true), '') in ('provincial_handler', 'provincial_reviewer')) or (select nullif(current_setting('app.purpose', true), '') in ('ledger', 'figures', 'seats')) or ((select nullif(current_setting('app.role', true), '') in ('academy_admin')) and "assessment"."academy_id" = (select nullif(current_setting('app.academy', true), '')::uuid)) or ((select nullif(current_setting('app.role', true), '') in ('sponsor_reviewer')) and "assessment"."academy_id" in (select a.id from academy a where a.sponsor_id = (select nullif(current_setting('app.union', true), '')::uuid))) or exists (select 1 from enrolment e where e.academy_id = "assessment"."academy_id" and e.id = "assessment"."enrolment_id"));--> statement-breakpoint
ALTER POLICY "certificate_read" ON "certificate" TO public USING ((select nullif(current_setting('app.role', true), '') in ('provincial_handler', 'provincial_reviewer')) or (select nullif(current_setting('app.purpose', true), '') in ('ledger', 'figures', 'seats')) or ((select nullif(current_setting('app.role', true), '') in ('academy_admin')) and "certificate"."academy_id" = (select nullif(current_setting('app.academy', true), '')::uuid)) or ((select nullif(current_setting('app.role', true), '') in ('sponsor_reviewer')) and "certificate"."academy_id" in (select a.id from academy a where a.sponsor_id = (select nullif(current_setting('app.union', true), '')::uuid))) or exists (select 1 from assessment s where s.academy_id = "certificate"."academy_id" and s.id = "certificate"."assessment_id"));--> statement-breakpoint
ALTER POLICY "notice_insert" ON "notice" TO public WITH CHECK ((select nullif(current_setting('app.purpose', true), '') in ('questions', 'seats')));