CREATE TABLE "attendance_leave" (
	"academy_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"session_id" uuid NOT NULL,
	"class_id" uuid NOT NULL,
	"enrolment_id" uuid NOT NULL,
	"starts_at" timestamp with time zone NOT NULL,
	"reason" text NOT NULL,
	"remark" text,
	"state" text NOT NULL,
	"asked_at" timestamp with time zone NOT NULL,
	"asked_by" uuid NOT NULL,
	"answered_at" timestamp with time zone,
	"answered_by" uuid,
	"refused_because" text,
	CONSTRAINT "attendance_leave_academy_id_id_pk" PRIMARY KEY("academy_id","id"),
	CONSTRAINT "attendance_leave_reason" CHECK ("attendance_leave"."reason" in ('illness', 'family', 'work', 'travel', 'other')),
	CONSTRAINT "attendance_leave_state" CHECK ("attendance_leave"."state" in ('asked', 'granted', 'refused', 'withdrawn')),
	CONSTRAINT "attendance_leave_other" CHECK ("attendance_leave"."reason" <> 'other' or "attendance_leave"."remark" is not null),
	CONSTRAINT "attendance_leave_answered" CHECK (("attendance_leave"."state" in ('granted', 'refused')) = ("attendance_leave"."answered_at" is not null and "attendance_leave"."answered_by" is not null)),
	CONSTRAINT "attendance_leave_why" CHECK (("attendance_leave"."state" = 'refused') = ("attendance_leave"."refused_because" is not null))
);
--> statement-breakpoint
ALTER TABLE "attendance_leave" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "notice" DROP CONSTRAINT "notice_kind";--> statement-breakpoint
ALTER TABLE "delivery" DROP CONSTRAINT "delivery_kind";--> statement-breakpoint
ALTER TABLE "attendance_leave" ADD CONSTRAINT "attendance_leave_academy_id_session_id_class_session_academy_id_id_fk" FOREIGN KEY ("academy_id","session_id") REFERENCES "public"."class_session"("academy_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "attendance_leave" ADD CONSTRAINT "attendance_leave_academy_id_enrolment_id_enrolment_academy_id_id_fk" FOREIGN KEY ("academy_id","enrolment_id") REFERENCES "public"."enrolment"("academy_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "attendance_leave_once" ON "attendance_leave" USING btree ("academy_id","session_id","enrolment_id") WHERE "attendance_leave"."state" in ('asked', 'granted');--> statement-breakpoint
CREATE INDEX "attendance_leave_enrolment" ON "attendance_leave" USING btree ("academy_id","enrolment_id");--> statement-breakpoint
CREATE INDEX "attendance_leave_class" ON "attendance_leave" USING btree ("academy_id","class_id","asked_at");--> statement-breakpoint
CREATE INDEX "attendance_leave_asked" ON "attendance_leave" USING btree ("academy_id","asked_at") WHERE "attendance_leave"."state" = 'asked';--> statement-breakpoint
ALTER TABLE "notice" ADD CONSTRAINT "notice_kind" CHECK ("notice"."kind" in ('question.asked', 'question.answered', 'seat.enrolled', 'seat.waitlisted', 'seat.offered', 'seat.offer_expired', 'seat.rejected', 'seat.request_expired', 'seat.withdrawn', 'class.cancelled', 'session.added', 'session.changed', 'session.cancelled', 'session.made_up', 'attendance.at_risk', 'session.substituted', 'leave.asked', 'leave.granted', 'leave.refused'));--> statement-breakpoint
ALTER TABLE "delivery" ADD CONSTRAINT "delivery_kind" CHECK ("delivery"."kind" in ('question.asked', 'question.answered', 'seat.enrolled', 'seat.waitlisted', 'seat.offered', 'seat.offer_expired', 'seat.rejected', 'seat.request_expired', 'seat.withdrawn', 'class.cancelled', 'session.added', 'session.changed', 'session.cancelled', 'session.made_up', 'attendance.at_risk', 'session.substituted', 'leave.asked', 'leave.granted', 'leave.refused'));--> statement-breakpoint
CREATE POLICY "attendance_leave_read" ON "attendance_leave" AS PERMISSIVE FOR SELECT TO public USING ((select nullif(current_setting('app.purpose', true), '') in ('attendance')) or ((select nullif(current_setting('app.role', true), '') in ('academy_admin')) and "attendance_leave"."academy_id" = (select nullif(current_setting('app.academy', true), '')::uuid)) or ((select nullif(current_setting('app.role', true), '') in ('instructor')) and "attendance_leave"."class_id" in (select own_classes())) or ((select nullif(current_setting('app.role', true), '') in ('worker')) and "attendance_leave"."enrolment_id" in (select own_enrolments())));--> statement-breakpoint
CREATE POLICY "attendance_leave_insert" ON "attendance_leave" AS PERMISSIVE FOR INSERT TO public WITH CHECK ((((select nullif(current_setting('app.role', true), '') in ('worker')) and "attendance_leave"."enrolment_id" in (select own_enrolments())) and "attendance_leave"."asked_by" = (select nullif(current_setting('app.account', true), '')::uuid) and "attendance_leave"."state" = 'asked'));--> statement-breakpoint
CREATE POLICY "attendance_leave_update" ON "attendance_leave" AS PERMISSIVE FOR UPDATE TO public USING (((select nullif(current_setting('app.role', true), '') in ('academy_admin')) and "attendance_leave"."academy_id" = (select nullif(current_setting('app.academy', true), '')::uuid)) or ((select nullif(current_setting('app.role', true), '') in ('instructor')) and "attendance_leave"."class_id" in (select own_classes())) or ((select nullif(current_setting('app.role', true), '') in ('worker')) and "attendance_leave"."enrolment_id" in (select own_enrolments()))) WITH CHECK (((select nullif(current_setting('app.role', true), '') in ('academy_admin')) and "attendance_leave"."academy_id" = (select nullif(current_setting('app.academy', true), '')::uuid)) or ((select nullif(current_setting('app.role', true), '') in ('instructor')) and "attendance_leave"."class_id" in (select own_classes())) or (((select nullif(current_setting('app.role', true), '') in ('worker')) and "attendance_leave"."enrolment_id" in (select own_enrolments())) and "attendance_leave"."state" = 'withdrawn'));--> statement-breakpoint
ALTER POLICY "account_read" ON "account" TO public USING ((select nullif(current_setting('app.purpose', true), '') in ('sign_in', 'register', 'identity', 'setup', 'health', 'delivery', 'calendar')) or "account"."id" = (select nullif(current_setting('app.account', true), '')::uuid) or ((select nullif(current_setting('app.role', true), '') in ('academy_admin')) and "account"."academy_id" = (select nullif(current_setting('app.academy', true), '')::uuid)) or ((select nullif(current_setting('app.role', true), '') in ('provincial_handler')) and "account"."role" = 'worker') or ((select nullif(current_setting('app.purpose', true), '') in ('questions', 'attendance')) and "account"."role" in ('academy_admin', 'instructor')));--> statement-breakpoint
ALTER POLICY "class_staff_read" ON "class_staff" TO public USING ((select nullif(current_setting('app.role', true), '') in ('provincial_handler', 'provincial_reviewer')) or (select nullif(current_setting('app.purpose', true), '') in ('questions', 'timetable', 'attendance')) or "class_staff"."account_id" = (select nullif(current_setting('app.account', true), '')::uuid) or ((select nullif(current_setting('app.role', true), '') in ('academy_admin')) and "class_staff"."academy_id" = (select nullif(current_setting('app.academy', true), '')::uuid)) or ((select nullif(current_setting('app.role', true), '') in ('sponsor_reviewer')) and "class_staff"."academy_id" in (select sponsored_academies())));