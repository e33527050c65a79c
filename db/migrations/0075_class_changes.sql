CREATE TABLE "class_change" (
	"academy_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"class_id" uuid NOT NULL,
	"field" text NOT NULL,
	"before" jsonb,
	"after" jsonb,
	"reason" text,
	"account_id" uuid NOT NULL,
	"role" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "class_change_academy_id_id_pk" PRIMARY KEY("academy_id","id"),
	CONSTRAINT "class_change_field" CHECK ("class_change"."field" in ('code', 'name', 'mode', 'occupationCode', 'level', 'startsOn', 'endsOn', 'plannedHours', 'plannedPracticalHours', 'capacity', 'siteId', 'enrolOpensAt', 'enrolClosesAt', 'withdrawUntil', 'needsApproval', 'hasWaitlist', 'eligibleCategories', 'eligibleLevel', 'eligibleYears', 'eligibleEmployers', 'isForMembers', 'feeFen', 'bring', 'lunch', 'documentsNeeded', 'classHead', 'classHeadPhone', 'certificatesExpectedOn')),
	CONSTRAINT "class_change_role" CHECK ("class_change"."role" in ('worker', 'instructor', 'academy_admin', 'enterprise_union', 'sponsor_reviewer', 'provincial_handler', 'provincial_reviewer', 'operator'))
);
--> statement-breakpoint
ALTER TABLE "class_change" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "notice" DROP CONSTRAINT "notice_kind";--> statement-breakpoint
ALTER TABLE "delivery" DROP CONSTRAINT "delivery_kind";--> statement-breakpoint
ALTER TABLE "class_change" ADD CONSTRAINT "class_change_academy_id_class_id_class_academy_id_id_fk" FOREIGN KEY ("academy_id","class_id") REFERENCES "public"."class"("academy_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "class_change_class" ON "class_change" USING btree ("academy_id","class_id","at");--> statement-breakpoint
ALTER TABLE "notice" ADD CONSTRAINT "notice_kind" CHECK ("notice"."kind" in ('question.asked', 'question.answered', 'seat.enrolled', 'seat.waitlisted', 'seat.offered', 'seat.offer_expired', 'seat.rejected', 'seat.request_expired', 'seat.withdrawn', 'class.cancelled', 'class.changed', 'session.added', 'session.changed', 'session.cancelled', 'session.made_up', 'attendance.at_risk', 'session.substituted', 'leave.asked', 'leave.granted', 'leave.refused', 'leave.revoked', 'leave.withdrawn', 'objection.made', 'objection.accepted', 'objection.refused', 'material.accepted', 'material.refused', 'opening.asked', 'opening.approved', 'opening.returned', 'results.waiting', 'materials.lacking', 'requests.waiting', 'session.ahead', 'sheet.open', 'results.confirmed', 'certificate.entered', 'worker.not_reached'));--> statement-breakpoint
ALTER TABLE "delivery" ADD CONSTRAINT "delivery_kind" CHECK ("delivery"."kind" in ('question.asked', 'question.answered', 'seat.enrolled', 'seat.waitlisted', 'seat.offered', 'seat.offer_expired', 'seat.rejected', 'seat.request_expired', 'seat.withdrawn', 'class.cancelled', 'class.changed', 'session.added', 'session.changed', 'session.cancelled', 'session.made_up', 'attendance.at_risk', 'session.substituted', 'leave.asked', 'leave.granted', 'leave.refused', 'leave.revoked', 'leave.withdrawn', 'objection.made', 'objection.accepted', 'objection.refused', 'material.accepted', 'material.refused', 'opening.asked', 'opening.approved', 'opening.returned', 'results.waiting', 'materials.lacking', 'requests.waiting', 'session.ahead', 'sheet.open', 'results.confirmed', 'certificate.entered', 'worker.not_reached'));--> statement-breakpoint
CREATE POLICY "class_requirement_remove" ON "class_requirement" AS PERMISSIVE FOR DELETE TO public USING ((((select nullif(current_setting('app.role', true), '') in ('academy_admin')) and "class_requirement"."academy_id" = (select nullif(current_setting('app.academy', true), '')::uuid)) and exists (select 1 from class c where c.academy_id = "class_requirement"."academy_id" and c.id = "class_requirement"."class_id" and c.status = 'draft')));--> statement-breakpoint
CREATE POLICY "class_change_read" ON "class_change" AS PERMISSIVE FOR SELECT TO public USING (exists (select 1 from class c where c.academy_id = "class_change"."academy_id" and c.id = "class_change"."class_id"));--> statement-breakpoint
CREATE POLICY "class_change_insert" ON "class_change" AS PERMISSIVE FOR INSERT TO public WITH CHECK ((select nullif(current_setting('app.role', true), '') in ('provincial_handler')) or (select nullif(current_setting('app.purpose', true), '') in ('seats')) or ((select nullif(current_setting('app.role', true), '') in ('academy_admin')) and "class_change"."academy_id" = (select nullif(current_setting('app.academy', true), '')::uuid)));--> statement-breakpoint
ALTER POLICY "class_remove" ON "class" TO public USING ((select nullif(current_setting('app.purpose', true), '') in ('ledger')) or (((select nullif(current_setting('app.role', true), '') in ('academy_admin')) and "class"."academy_id" = (select nullif(current_setting('app.academy', true), '')::uuid)) and "class"."origin" = 'system' and "class"."status" = 'draft'));