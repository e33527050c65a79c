CREATE TABLE "attendance_location" (
	"academy_id" uuid NOT NULL,
	"session_id" uuid NOT NULL,
	"enrolment_id" uuid NOT NULL,
	"act" text NOT NULL,
	"class_id" uuid NOT NULL,
	"latitude" numeric(5, 3) NOT NULL,
	"longitude" numeric(6, 3) NOT NULL,
	"accuracy" integer NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "attendance_location_academy_id_session_id_enrolment_id_act_pk" PRIMARY KEY("academy_id","session_id","enrolment_id","act"),
	CONSTRAINT "attendance_location_act" CHECK ("attendance_location"."act" in ('in', 'out')),
	CONSTRAINT "attendance_location_place" CHECK (abs("attendance_location"."latitude") <= 90 and abs("attendance_location"."longitude") <= 180),
	CONSTRAINT "attendance_location_accuracy" CHECK ("attendance_location"."accuracy" between 100 and 100000)
);
--> statement-breakpoint
ALTER TABLE "attendance_location" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "attendance_location_asked" (
	"academy_id" uuid NOT NULL,
	"class_id" uuid NOT NULL,
	"is_asked" boolean NOT NULL,
	"changed_by" uuid NOT NULL,
	"changed_at" timestamp with time zone NOT NULL,
	CONSTRAINT "attendance_location_asked_academy_id_class_id_pk" PRIMARY KEY("academy_id","class_id")
);
--> statement-breakpoint
ALTER TABLE "attendance_location_asked" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "attendance_location" ADD CONSTRAINT "attendance_location_academy_id_session_id_class_session_academy_id_id_fk" FOREIGN KEY ("academy_id","session_id") REFERENCES "public"."class_session"("academy_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "attendance_location" ADD CONSTRAINT "attendance_location_academy_id_enrolment_id_enrolment_academy_id_id_fk" FOREIGN KEY ("academy_id","enrolment_id") REFERENCES "public"."enrolment"("academy_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "attendance_location_asked" ADD CONSTRAINT "attendance_location_asked_academy_id_class_id_class_academy_id_id_fk" FOREIGN KEY ("academy_id","class_id") REFERENCES "public"."class"("academy_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "attendance_location_class" ON "attendance_location" USING btree ("academy_id","class_id");--> statement-breakpoint
CREATE POLICY "attendance_location_read" ON "attendance_location" AS PERMISSIVE FOR SELECT TO public USING ((select nullif(current_setting('app.purpose', true), '') in ('attendance')) or ((select nullif(current_setting('app.role', true), '') in ('academy_admin')) and "attendance_location"."academy_id" = (select nullif(current_setting('app.academy', true), '')::uuid)) or ((select nullif(current_setting('app.role', true), '') in ('instructor')) and "attendance_location"."class_id" in (select own_classes())));--> statement-breakpoint
CREATE POLICY "attendance_location_insert" ON "attendance_location" AS PERMISSIVE FOR INSERT TO public WITH CHECK ((select nullif(current_setting('app.purpose', true), '') in ('attendance')));--> statement-breakpoint
CREATE POLICY "attendance_location_remove" ON "attendance_location" AS PERMISSIVE FOR DELETE TO public USING ((select nullif(current_setting('app.purpose', true), '') in ('attendance')));--> statement-breakpoint
CREATE POLICY "attendance_location_asked_read" ON "attendance_location_asked" AS PERMISSIVE FOR SELECT TO public USING ((select nullif(current_setting('app.purpose', true), '') in ('attendance')) or exists (select 1 from class c where c.academy_id = "attendance_location_asked"."academy_id" and c.id = "attendance_location_asked"."class_id"));--> statement-breakpoint
CREATE POLICY "attendance_location_asked_insert" ON "attendance_location_asked" AS PERMISSIVE FOR INSERT TO public WITH CHECK (((select nullif(current_setting('app.role', true), '') in ('academy_admin')) and "attendance_location_asked"."academy_id" = (select nullif(current_setting('app.academy', true), '')::uuid)) or ((select nullif(current_setting('app.role', true), '') in ('instructor')) and "attendance_location_asked"."class_id" in (select headed_classes())));--> statement-breakpoint
CREATE POLICY "attendance_location_asked_update" ON "attendance_location_asked" AS PERMISSIVE FOR UPDATE TO public USING (((select nullif(current_setting('app.role', true), '') in ('academy_admin')) and "attendance_location_asked"."academy_id" = (select nullif(current_setting('app.academy', true), '')::uuid)) or ((select nullif(current_setting('app.role', true), '') in ('instructor')) and "attendance_location_asked"."class_id" in (select headed_classes()))) WITH CHECK (((select nullif(current_setting('app.role', true), '') in ('academy_admin')) and "attendance_location_asked"."academy_id" = (select nullif(current_setting('app.academy', true), '')::uuid)) or ((select nullif(current_setting('app.role', true), '') in ('instructor')) and "attendance_location_asked"."class_id" in (select headed_classes())));