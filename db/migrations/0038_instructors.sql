CREATE TABLE "instructor" (
	"academy_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"account_id" uuid,
	"name" text NOT NULL,
	"employer" text,
	"ended_on" date,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "instructor_academy_id_id_pk" PRIMARY KEY("academy_id","id"),
	CONSTRAINT "instructor_name" CHECK (char_length("instructor"."name") between 2 and 50)
);
--> statement-breakpoint
ALTER TABLE "instructor" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "instructor_qualification" (
	"academy_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"instructor_id" uuid NOT NULL,
	"occupation_code" text NOT NULL,
	"occupation_edition" integer NOT NULL,
	"level" text NOT NULL,
	"valid_from" date NOT NULL,
	"valid_to" date,
	"evidence" text,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "instructor_qualification_academy_id_id_pk" PRIMARY KEY("academy_id","id"),
	CONSTRAINT "instructor_qualification_level" CHECK ("instructor_qualification"."level" in ('apprentice', 'l5', 'l4', 'l3', 'l2', 'l1', 'special_technician', 'chief_technician')),
	CONSTRAINT "instructor_qualification_dates" CHECK ("instructor_qualification"."valid_to" >= "instructor_qualification"."valid_from")
);
--> statement-breakpoint
ALTER TABLE "instructor_qualification" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "instructor_title" (
	"academy_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"instructor_id" uuid NOT NULL,
	"title" text NOT NULL,
	"scope" text,
	"evidence" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "instructor_title_academy_id_id_pk" PRIMARY KEY("academy_id","id"),
	CONSTRAINT "instructor_title_title" CHECK ("instructor_title"."title" in ('model_worker', 'craftsman', 'skill_master', 'chief_technician', 'special_technician', 'senior_technician', 'technician', 'senior_engineer', 'engineer', 'other')),
	CONSTRAINT "instructor_title_scope" CHECK ("instructor_title"."scope" in ('national', 'provincial', 'city', 'industry', 'enterprise'))
);
--> statement-breakpoint
ALTER TABLE "instructor_title" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "instructor" ADD CONSTRAINT "instructor_academy_id_academy_id_fk" FOREIGN KEY ("academy_id") REFERENCES "public"."academy"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "instructor" ADD CONSTRAINT "instructor_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "instructor" ADD CONSTRAINT "instructor_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "instructor_qualification" ADD CONSTRAINT "instructor_qualification_academy_id_instructor_id_instructor_academy_id_id_fk" FOREIGN KEY ("academy_id","instructor_id") REFERENCES "public"."instructor"("academy_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "instructor_qualification" ADD CONSTRAINT "instructor_qualification_occupation_code_occupation_edition_occupation_code_edition_fk" FOREIGN KEY ("occupation_code","occupation_edition") REFERENCES "public"."occupation"("code","edition") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "instructor_title" ADD CONSTRAINT "instructor_title_academy_id_instructor_id_instructor_academy_id_id_fk" FOREIGN KEY ("academy_id","instructor_id") REFERENCES "public"."instructor"("academy_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "instructor_person" ON "instructor" USING btree ("academy_id","person_id");--> statement-breakpoint
CREATE INDEX "instructor_of_person" ON "instructor" USING btree ("person_id");--> statement-breakpoint
CREATE UNIQUE INDEX "instructor_account" ON "instructor" USING btree ("account_id") WHERE "instructor"."account_id" is not null;--> statement-breakpoint
CREATE INDEX "instructor_qualification_of" ON "instructor_qualification" USING btree ("academy_id","instructor_id");--> statement-breakpoint
CREATE INDEX "instructor_title_of" ON "instructor_title" USING btree ("academy_id","instructor_id");--> statement-breakpoint
CREATE POLICY "instructor_read" ON "instructor" AS PERMISSIVE FOR SELECT TO public USING ((select nullif(current_setting('app.role', true), '') in ('provincial_handler', 'provincial_reviewer')) or (select nullif(current_setting('app.purpose', true), '') in ('timetable', 'ledger', 'setup')) or ((select nullif(current_setting('app.role', true), '') in ('academy_admin')) and "instructor"."academy_id" = (select nullif(current_setting('app.academy', true), '')::uuid)) or ((select nullif(current_setting('app.role', true), '') in ('sponsor_reviewer')) and "instructor"."academy_id" in (select a.id from academy a where a.sponsor_id = (select nullif(current_setting('app.union', true), '')::uuid))) or "instructor"."account_id" = (select nullif(current_setting('app.account', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "instructor_insert" ON "instructor" AS PERMISSIVE FOR INSERT TO public WITH CHECK ((select nullif(current_setting('app.purpose', true), '') in ('setup')) or ((select nullif(current_setting('app.role', true), '') in ('academy_admin')) and "instructor"."academy_id" = (select nullif(current_setting('app.academy', true), '')::uuid)));--> statement-breakpoint
CREATE POLICY "instructor_update" ON "instructor" AS PERMISSIVE FOR UPDATE TO public USING ((select nullif(current_setting('app.purpose', true), '') in ('timetable', 'setup')) or ((select nullif(current_setting('app.role', true), '') in ('academy_admin')) and "instructor"."academy_id" = (select nullif(current_setting('app.academy', true), '')::uuid))) WITH CHECK ((select nullif(current_setting('app.purpose', true), '') in ('timetable', 'setup')) or ((select nullif(current_setting('app.role', true), '') in ('academy_admin')) and "instructor"."academy_id" = (select nullif(current_setting('app.academy', true), '')::uuid)));--> statement-breakpoint
CREATE POLICY "instructor_qualification_read" ON "instructor_qualification" AS PERMISSIVE FOR SELECT TO public USING ((select nullif(current_setting('app.role', true), '') in ('provincial_handler', 'provincial_reviewer')) or (select nullif(current_setting('app.purpose', true), '') in ('timetable', 'setup')) or ((select nullif(current_setting('app.role', true), '') in ('academy_admin')) and "instructor_qualification"."academy_id" = (select nullif(current_setting('app.academy', true), '')::uuid)) or ((select nullif(current_setting('app.role', true), '') in ('sponsor_reviewer')) and "instructor_qualification"."academy_id" in (select a.id from academy a where a.sponsor_id = (select nullif(current_setting('app.union', true), '')::uuid))));--> statement-breakpoint
CREATE POLICY "instructor_qualification_insert" ON "instructor_qualification" AS PERMISSIVE FOR INSERT TO public WITH CHECK ((select nullif(current_setting('app.purpose', true), '') in ('setup')) or ((select nullif(current_setting('app.role', true), '') in ('academy_admin')) and "instructor_qualification"."academy_id" = (select nullif(current_setting('app.academy', true), '')::uuid)));--> statement-breakpoint
CREATE POLICY "instructor_qualification_update" ON "instructor_qualification" AS PERMISSIVE FOR UPDATE TO public USING (((select nullif(current_setting('app.role', true), '') in ('academy_admin')) and "instructor_qualification"."academy_id" = (select nullif(current_setting('app.academy', true), '')::uuid))) WITH CHECK (((select nullif(current_setting('app.role', true), '') in ('academy_admin')) and "instructor_qualification"."academy_id" = (select nullif(current_setting('app.academy', true), '')::uuid)));--> statement-breakpoint
CREATE POLICY "instructor_qualification_remove" ON "instructor_qualification" AS PERMISSIVE FOR DELETE TO public USING (((select nullif(current_setting('app.role', true), '') in ('academy_admin')) and "instructor_qualification"."academy_id" = (select nullif(current_setting('app.academy', true), '')::uuid)));--> statement-breakpoint
CREATE POLICY "instructor_title_read" ON "instructor_title" AS PERMISSIVE FOR SELECT TO public USING ((select nullif(current_setting('app.role', true), '') in ('provincial_handler', 'provincial_reviewer')) or (select nullif(current_setting('app.purpose', true), '') in ('timetable', 'setup')) or ((select nullif(current_setting('app.role', true), '') in ('academy_admin')) and "instructor_title"."academy_id" = (select nullif(current_setting('app.academy', true), '')::uuid)) or ((select nullif(current_setting('app.role', true), '') in ('sponsor_reviewer')) and "instructor_title"."academy_id" in (select a.id from academy a where a.sponsor_id = (select nullif(current_setting('app.union', true), '')::uuid))));--> statement-breakpoint
CREATE POLICY "instructor_title_insert" ON "instructor_title" AS PERMISSIVE FOR INSERT TO public WITH CHECK ((select nullif(current_setting('app.purpose', true), '') in ('setup')) or ((select nullif(current_setting('app.role', true), '') in ('academy_admin')) and "instructor_title"."academy_id" = (select nullif(current_setting('app.academy', true), '')::uuid)));--> statement-breakpoint
CREATE POLICY "instructor_title_remove" ON "instructor_title" AS PERMISSIVE FOR DELETE TO public USING (((select nullif(current_setting('app.role', true), '') in ('academy_admin')) and "instructor_title"."academy_id" = (select nullif(current_setting('app.academy', true), '')::uuid)));--> statement-breakpoint
-- An instructor entered with the document of a record that was merged is the person kept (0008_follow_merged_persons.sql).
CREATE TRIGGER instructor_follows BEFORE INSERT ON instructor FOR EACH ROW EXECUTE FUNCTION follow_merged_person();
--> statement-breakpoint
-- And goes along when records are merged later, unless the person kept teaches at that academy already.
CREATE FUNCTION instructor_merged() RETURNS trigger LANGUAGE plpgsql SET app.purpose = 'timetable' AS $$
begin
  update instructor i set person_id = new.merged_into where i.person_id = new.id
    and not exists (select 1 from instructor k where k.academy_id = i.academy_id and k.person_id = new.merged_into);
  return null;
end $$;
--> statement-breakpoint
CREATE TRIGGER instructor_merged AFTER UPDATE OF merged_into ON person
  FOR EACH ROW WHEN (new.merged_into is not null) EXECUTE FUNCTION instructor_merged();
