CREATE TABLE "attendance_objection" (
	"academy_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"session_id" uuid NOT NULL,
	"class_id" uuid NOT NULL,
	"enrolment_id" uuid NOT NULL,
	"text" text NOT NULL,
	"mark" text,
	"state" text NOT NULL,
	"objected_at" timestamp with time zone NOT NULL,
	"objected_by" uuid NOT NULL,
	"answered_at" timestamp with time zone,
	"answered_by" uuid,
	"answer" text,
	CONSTRAINT "attendance_objection_academy_id_id_pk" PRIMARY KEY("academy_id","id"),
	CONSTRAINT "attendance_objection_mark" CHECK ("attendance_objection"."mark" in ('present', 'late', 'left_early', 'excused', 'absent')),
	CONSTRAINT "attendance_objection_state" CHECK ("attendance_objection"."state" in ('open', 'accepted', 'refused')),
	CONSTRAINT "attendance_objection_answered" CHECK (("attendance_objection"."state" = 'open') = ("attendance_objection"."answered_at" is null and "attendance_objection"."answered_by" is null and "attendance_objection"."answer" is null)),
	CONSTRAINT "attendance_objection_other" CHECK ("attendance_objection"."answered_by" <> "attendance_objection"."objected_by")
);
--> statement-breakpoint
ALTER TABLE "attendance_objection" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "notice" DROP CONSTRAINT "notice_kind";--> statement-breakpoint
ALTER TABLE "delivery" DROP CONSTRAINT "delivery_kind";--> statement-breakpoint
ALTER TABLE "attendance_objection" ADD CONSTRAINT "attendance_objection_academy_id_session_id_class_session_academy_id_id_fk" FOREIGN KEY ("academy_id","session_id") REFERENCES "public"."class_session"("academy_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "attendance_objection" ADD CONSTRAINT "attendance_objection_academy_id_enrolment_id_enrolment_academy_id_id_fk" FOREIGN KEY ("academy_id","enrolment_id") REFERENCES "public"."enrolment"("academy_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "attendance_objection_once" ON "attendance_objection" USING btree ("academy_id","session_id","enrolment_id");--> statement-breakpoint
CREATE INDEX "attendance_objection_enrolment" ON "attendance_objection" USING btree ("academy_id","enrolment_id");--> statement-breakpoint
CREATE INDEX "attendance_objection_open" ON "attendance_objection" USING btree ("academy_id","objected_at") WHERE "attendance_objection"."state" = 'open';--> statement-breakpoint
ALTER TABLE "notice" ADD CONSTRAINT "notice_kind" CHECK ("notice"."kind" in ('question.asked', 'question.answered', 'seat.enrolled', 'seat.waitlisted', 'seat.offered', 'seat.offer_expired', 'seat.rejected', 'seat.request_expired', 'seat.withdrawn', 'class.cancelled', 'session.added', 'session.changed', 'session.cancelled', 'session.made_up', 'attendance.at_risk', 'session.substituted', 'leave.asked', 'leave.granted', 'leave.refused', 'objection.made', 'objection.accepted', 'objection.refused'));--> statement-breakpoint
ALTER TABLE "delivery" ADD CONSTRAINT "delivery_kind" CHECK ("delivery"."kind" in ('question.asked', 'question.answered', 'seat.enrolled', 'seat.waitlisted', 'seat.offered', 'seat.offer_expired', 'seat.rejected', 'seat.request_expired', 'seat.withdrawn', 'class.cancelled', 'session.added', 'session.changed', 'session.cancelled', 'session.made_up', 'attendance.at_risk', 'session.substituted', 'leave.asked', 'leave.granted', 'leave.refused', 'objection.made', 'objection.accepted', 'objection.refused'));--> statement-breakpoint
CREATE POLICY "attendance_objection_read" ON "attendance_objection" AS PERMISSIVE FOR SELECT TO public USING ((select nullif(current_setting('app.role', true), '') in ('provincial_handler', 'provincial_reviewer')) or (select nullif(current_setting('app.purpose', true), '') in ('attendance')) or ((select nullif(current_setting('app.role', true), '') in ('academy_admin')) and "attendance_objection"."academy_id" = (select nullif(current_setting('app.academy', true), '')::uuid)) or ((select nullif(current_setting('app.role', true), '') in ('sponsor_reviewer')) and "attendance_objection"."academy_id" in (select sponsored_academies())) or ((select nullif(current_setting('app.role', true), '') in ('worker')) and "attendance_objection"."enrolment_id" in (select own_enrolments())));--> statement-breakpoint
CREATE POLICY "attendance_objection_insert" ON "attendance_objection" AS PERMISSIVE FOR INSERT TO public WITH CHECK ((((select nullif(current_setting('app.role', true), '') in ('worker')) and "attendance_objection"."enrolment_id" in (select own_enrolments())) and "attendance_objection"."objected_by" = (select nullif(current_setting('app.account', true), '')::uuid) and "attendance_objection"."state" = 'open'));--> statement-breakpoint
CREATE POLICY "attendance_objection_update" ON "attendance_objection" AS PERMISSIVE FOR UPDATE TO public USING (((select nullif(current_setting('app.role', true), '') in ('academy_admin')) and "attendance_objection"."academy_id" = (select nullif(current_setting('app.academy', true), '')::uuid)) or ((select nullif(current_setting('app.role', true), '') in ('sponsor_reviewer')) and "attendance_objection"."academy_id" in (select sponsored_academies()))) WITH CHECK (((select nullif(current_setting('app.role', true), '') in ('academy_admin')) and "attendance_objection"."academy_id" = (select nullif(current_setting('app.academy', true), '')::uuid)) or ((select nullif(current_setting('app.role', true), '') in ('sponsor_reviewer')) and "attendance_objection"."academy_id" in (select sponsored_academies())));--> statement-breakpoint
ALTER POLICY "account_read" ON "account" TO public USING ((select nullif(current_setting('app.purpose', true), '') in ('sign_in', 'register', 'identity', 'setup', 'health', 'delivery', 'calendar')) or "account"."id" = (select nullif(current_setting('app.account', true), '')::uuid) or ((select nullif(current_setting('app.role', true), '') in ('academy_admin')) and "account"."academy_id" = (select nullif(current_setting('app.academy', true), '')::uuid)) or ((select nullif(current_setting('app.role', true), '') in ('provincial_handler')) and "account"."role" = 'worker') or ((select nullif(current_setting('app.purpose', true), '') in ('questions', 'attendance')) and "account"."role" in ('academy_admin', 'instructor')) or ((select nullif(current_setting('app.purpose', true), '') in ('attendance')) and "account"."role" = 'sponsor_reviewer'));