CREATE TABLE "material" (
	"academy_id" uuid NOT NULL,
	"enrolment_id" uuid NOT NULL,
	"requirement_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"class_id" uuid NOT NULL,
	"state" text NOT NULL,
	"level" text,
	"number_sealed" "bytea",
	"handed_at" timestamp with time zone NOT NULL,
	"handed_by" uuid NOT NULL,
	"answered_at" timestamp with time zone,
	"answered_by" uuid,
	"refused_because" text,
	CONSTRAINT "material_academy_id_enrolment_id_requirement_id_pk" PRIMARY KEY("academy_id","enrolment_id","requirement_id"),
	CONSTRAINT "material_state" CHECK ("material"."state" in ('handed_in', 'accepted', 'refused')),
	CONSTRAINT "material_level" CHECK ("material"."level" in ('apprentice', 'l5', 'l4', 'l3', 'l2', 'l1', 'special_technician', 'chief_technician')),
	CONSTRAINT "material_answered" CHECK (("material"."state" = 'handed_in') = ("material"."answered_at" is null) and ("material"."answered_at" is null) = ("material"."answered_by" is null)),
	CONSTRAINT "material_why" CHECK (("material"."state" = 'refused') = ("material"."refused_because" is not null))
);
--> statement-breakpoint
ALTER TABLE "material" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "material_file" (
	"academy_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"enrolment_id" uuid NOT NULL,
	"requirement_id" uuid NOT NULL,
	"class_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"bytes" integer NOT NULL,
	"drop_at" timestamp with time zone,
	CONSTRAINT "material_file_academy_id_id_pk" PRIMARY KEY("academy_id","id"),
	CONSTRAINT "material_file_kind" CHECK ("material_file"."kind" in ('pdf', 'jpg', 'png', 'webp')),
	CONSTRAINT "material_file_bytes" CHECK ("material_file"."bytes" > 0)
);
--> statement-breakpoint
ALTER TABLE "material_file" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "class_requirement" (
	"academy_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"class_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"name" text,
	"ended_at" timestamp with time zone,
	CONSTRAINT "class_requirement_academy_id_id_pk" PRIMARY KEY("academy_id","id"),
	CONSTRAINT "class_requirement_once" UNIQUE NULLS NOT DISTINCT("academy_id","class_id","kind","name"),
	CONSTRAINT "class_requirement_kind" CHECK ("class_requirement"."kind" in ('photo', 'earlier_certificate', 'work_years', 'other')),
	CONSTRAINT "class_requirement_name" CHECK (("class_requirement"."kind" = 'other') = ("class_requirement"."name" is not null) and char_length("class_requirement"."name") between 2 and 40)
);
--> statement-breakpoint
ALTER TABLE "class_requirement" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "notice" DROP CONSTRAINT "notice_kind";--> statement-breakpoint
ALTER TABLE "delivery" DROP CONSTRAINT "delivery_kind";--> statement-breakpoint
ALTER TABLE "material" ADD CONSTRAINT "material_academy_id_enrolment_id_enrolment_academy_id_id_fk" FOREIGN KEY ("academy_id","enrolment_id") REFERENCES "public"."enrolment"("academy_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "material" ADD CONSTRAINT "material_academy_id_requirement_id_class_requirement_academy_id_id_fk" FOREIGN KEY ("academy_id","requirement_id") REFERENCES "public"."class_requirement"("academy_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "material_file" ADD CONSTRAINT "material_file_academy_id_enrolment_id_enrolment_academy_id_id_fk" FOREIGN KEY ("academy_id","enrolment_id") REFERENCES "public"."enrolment"("academy_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "material_file" ADD CONSTRAINT "material_file_academy_id_requirement_id_class_requirement_academy_id_id_fk" FOREIGN KEY ("academy_id","requirement_id") REFERENCES "public"."class_requirement"("academy_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "class_requirement" ADD CONSTRAINT "class_requirement_academy_id_class_id_class_academy_id_id_fk" FOREIGN KEY ("academy_id","class_id") REFERENCES "public"."class"("academy_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "material_id" ON "material" USING btree ("academy_id","id");--> statement-breakpoint
CREATE INDEX "material_class" ON "material" USING btree ("academy_id","class_id","state");--> statement-breakpoint
CREATE INDEX "material_file_of" ON "material_file" USING btree ("academy_id","enrolment_id","requirement_id");--> statement-breakpoint
CREATE INDEX "material_file_drop" ON "material_file" USING btree ("drop_at") WHERE "material_file"."drop_at" is not null;--> statement-breakpoint
ALTER TABLE "notice" ADD CONSTRAINT "notice_kind" CHECK ("notice"."kind" in ('question.asked', 'question.answered', 'seat.enrolled', 'seat.waitlisted', 'seat.offered', 'seat.offer_expired', 'seat.rejected', 'seat.request_expired', 'seat.withdrawn', 'class.cancelled', 'session.added', 'session.changed', 'session.cancelled', 'session.made_up', 'attendance.at_risk', 'session.substituted', 'leave.asked', 'leave.granted', 'leave.refused', 'objection.made', 'objection.accepted', 'objection.refused', 'material.accepted', 'material.refused'));--> statement-breakpoint
ALTER TABLE "delivery" ADD CONSTRAINT "delivery_kind" CHECK ("delivery"."kind" in ('question.asked', 'question.answered', 'seat.enrolled', 'seat.waitlisted', 'seat.offered', 'seat.offer_expired', 'seat.rejected', 'seat.request_expired', 'seat.withdrawn', 'class.cancelled', 'session.added', 'session.changed', 'session.cancelled', 'session.made_up', 'attendance.at_risk', 'session.substituted', 'leave.asked', 'leave.granted', 'leave.refused', 'objection.made', 'objection.accepted', 'objection.refused', 'material.accepted', 'material.refused'));--> statement-breakpoint
CREATE POLICY "material_read" ON "material" AS PERMISSIVE FOR SELECT TO public USING ((select nullif(current_setting('app.purpose', true), '') in ('materials')) or ((select nullif(current_setting('app.role', true), '') in ('academy_admin')) and "material"."academy_id" = (select nullif(current_setting('app.academy', true), '')::uuid)) or ((select nullif(current_setting('app.role', true), '') in ('worker')) and "material"."enrolment_id" in (select own_enrolments())));--> statement-breakpoint
CREATE POLICY "material_insert" ON "material" AS PERMISSIVE FOR INSERT TO public WITH CHECK ((((select nullif(current_setting('app.role', true), '') in ('worker')) and "material"."enrolment_id" in (select own_enrolments())) and "material"."handed_by" = (select nullif(current_setting('app.account', true), '')::uuid) and "material"."state" = 'handed_in'));--> statement-breakpoint
CREATE POLICY "material_update" ON "material" AS PERMISSIVE FOR UPDATE TO public USING (((select nullif(current_setting('app.role', true), '') in ('academy_admin')) and "material"."academy_id" = (select nullif(current_setting('app.academy', true), '')::uuid)) or (((select nullif(current_setting('app.role', true), '') in ('worker')) and "material"."enrolment_id" in (select own_enrolments())) and "material"."state" <> 'accepted')) WITH CHECK ((((select nullif(current_setting('app.role', true), '') in ('academy_admin')) and "material"."academy_id" = (select nullif(current_setting('app.academy', true), '')::uuid)) and "material"."answered_by" = (select nullif(current_setting('app.account', true), '')::uuid)) or (((select nullif(current_setting('app.role', true), '') in ('worker')) and "material"."enrolment_id" in (select own_enrolments())) and "material"."handed_by" = (select nullif(current_setting('app.account', true), '')::uuid) and "material"."state" = 'handed_in'));--> statement-breakpoint
CREATE POLICY "material_remove" ON "material" AS PERMISSIVE FOR DELETE TO public USING ((select nullif(current_setting('app.purpose', true), '') in ('materials')));--> statement-breakpoint
CREATE POLICY "material_file_read" ON "material_file" AS PERMISSIVE FOR SELECT TO public USING ((select nullif(current_setting('app.purpose', true), '') in ('materials')) or ((select nullif(current_setting('app.role', true), '') in ('academy_admin')) and "material_file"."academy_id" = (select nullif(current_setting('app.academy', true), '')::uuid)) or ((select nullif(current_setting('app.role', true), '') in ('worker')) and "material_file"."enrolment_id" in (select own_enrolments())));--> statement-breakpoint
CREATE POLICY "material_file_insert" ON "material_file" AS PERMISSIVE FOR INSERT TO public WITH CHECK ((((select nullif(current_setting('app.role', true), '') in ('worker')) and "material_file"."enrolment_id" in (select own_enrolments())) and "material_file"."drop_at" is not null));--> statement-breakpoint
CREATE POLICY "material_file_update" ON "material_file" AS PERMISSIVE FOR UPDATE TO public USING ((select nullif(current_setting('app.purpose', true), '') in ('materials')) or ((select nullif(current_setting('app.role', true), '') in ('worker')) and "material_file"."enrolment_id" in (select own_enrolments()))) WITH CHECK ((select nullif(current_setting('app.purpose', true), '') in ('materials')) or ((select nullif(current_setting('app.role', true), '') in ('worker')) and "material_file"."enrolment_id" in (select own_enrolments())));--> statement-breakpoint
CREATE POLICY "material_file_remove" ON "material_file" AS PERMISSIVE FOR DELETE TO public USING ((select nullif(current_setting('app.purpose', true), '') in ('materials')));--> statement-breakpoint
CREATE POLICY "class_requirement_read" ON "class_requirement" AS PERMISSIVE FOR SELECT TO public USING ((select nullif(current_setting('app.purpose', true), '') in ('setup')) or exists (select 1 from class c where c.academy_id = "class_requirement"."academy_id" and c.id = "class_requirement"."class_id"));--> statement-breakpoint
CREATE POLICY "class_requirement_insert" ON "class_requirement" AS PERMISSIVE FOR INSERT TO public WITH CHECK ((select nullif(current_setting('app.purpose', true), '') in ('setup')) or ((select nullif(current_setting('app.role', true), '') in ('academy_admin')) and "class_requirement"."academy_id" = (select nullif(current_setting('app.academy', true), '')::uuid)));--> statement-breakpoint
CREATE POLICY "class_requirement_update" ON "class_requirement" AS PERMISSIVE FOR UPDATE TO public USING (((select nullif(current_setting('app.role', true), '') in ('academy_admin')) and "class_requirement"."academy_id" = (select nullif(current_setting('app.academy', true), '')::uuid))) WITH CHECK (((select nullif(current_setting('app.role', true), '') in ('academy_admin')) and "class_requirement"."academy_id" = (select nullif(current_setting('app.academy', true), '')::uuid)));--> statement-breakpoint
ALTER POLICY "notice_read" ON "notice" TO public USING ((select nullif(current_setting('app.purpose', true), '') in ('sign_in', 'delivery', 'questions', 'seats', 'timetable', 'attendance', 'materials')) or "notice"."account_id" = (select nullif(current_setting('app.account', true), '')::uuid));--> statement-breakpoint
ALTER POLICY "notice_insert" ON "notice" TO public WITH CHECK ((select nullif(current_setting('app.purpose', true), '') in ('questions', 'seats', 'timetable', 'attendance', 'materials')));--> statement-breakpoint
ALTER POLICY "delivery_insert" ON "delivery" TO public WITH CHECK ((select nullif(current_setting('app.purpose', true), '') in ('questions', 'seats', 'timetable', 'attendance', 'materials')));--> statement-breakpoint
ALTER POLICY "enrolment_read" ON "enrolment" TO public USING ((select nullif(current_setting('app.role', true), '') in ('provincial_handler', 'provincial_reviewer')) or (select nullif(current_setting('app.purpose', true), '') in ('seats', 'credit', 'ledger', 'figures', 'attendance', 'materials')) or "enrolment"."account_id" = (select nullif(current_setting('app.account', true), '')::uuid) or "enrolment"."person_id" = (select nullif(current_setting('app.person', true), '')::uuid) or ((select nullif(current_setting('app.role', true), '') in ('academy_admin')) and "enrolment"."academy_id" = (select nullif(current_setting('app.academy', true), '')::uuid)) or ((select nullif(current_setting('app.role', true), '') in ('sponsor_reviewer')) and "enrolment"."academy_id" in (select sponsored_academies())) or ((select nullif(current_setting('app.role', true), '') in ('instructor')) and "enrolment"."class_id" in (select own_classes())) or ((select nullif(current_setting('app.role', true), '') in ('enterprise_union')) and "enrolment"."enterprise_id" = (select own_enterprise())));--> statement-breakpoint
ALTER POLICY "class_read" ON "class" TO public USING ((select nullif(current_setting('app.role', true), '') in ('provincial_handler', 'provincial_reviewer')) or (select nullif(current_setting('app.purpose', true), '') in ('seats', 'credit', 'ledger', 'figures', 'attendance', 'timetable', 'materials')) or ("class"."origin" = 'system' and "class"."status" <> 'draft') or ((select nullif(current_setting('app.role', true), '') in ('academy_admin')) and "class"."academy_id" = (select nullif(current_setting('app.academy', true), '')::uuid)) or ((select nullif(current_setting('app.role', true), '') in ('sponsor_reviewer')) and "class"."academy_id" in (select sponsored_academies())) or ((select nullif(current_setting('app.role', true), '') in ('instructor')) and "class"."id" in (select own_classes())) or "class"."id" in (select own_seats()));