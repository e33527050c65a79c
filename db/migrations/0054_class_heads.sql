ALTER TABLE "class_staff" DROP CONSTRAINT "class_staff_academy_id_class_id_account_id_pk";--> statement-breakpoint
ALTER TABLE "class_staff" ADD COLUMN "role" text DEFAULT 'instructor' NOT NULL;--> statement-breakpoint
ALTER TABLE "class_staff" ADD CONSTRAINT "class_staff_academy_id_class_id_account_id_role_pk" PRIMARY KEY("academy_id","class_id","account_id","role");--> statement-breakpoint
CREATE UNIQUE INDEX "class_staff_head" ON "class_staff" USING btree ("academy_id","class_id") WHERE "class_staff"."role" = 'head';--> statement-breakpoint
ALTER TABLE "class_staff" ADD CONSTRAINT "class_staff_role" CHECK ("class_staff"."role" in ('head', 'instructor'));--> statement-breakpoint
ALTER TABLE "class_staff" ADD CONSTRAINT "class_staff_of_sessions" CHECK (not "class_staff"."of_sessions" or "class_staff"."role" = 'instructor');--> statement-breakpoint

-- The classes that an instructor heads, for the policies (db/schema/rls.ts), as own_classes() is for those it teaches as well.
CREATE FUNCTION headed_classes() RETURNS setof uuid LANGUAGE plpgsql STABLE PARALLEL SAFE ROWS 10 AS $$
begin
  return query
  select cs.class_id from class_staff cs
  where cs.account_id = nullif(current_setting('app.account', true), '')::uuid and cs.role = 'head';
end
$$;
--> statement-breakpoint
ALTER POLICY "material_read" ON "material" TO public USING ((select nullif(current_setting('app.purpose', true), '') in ('materials')) or ((select nullif(current_setting('app.role', true), '') in ('academy_admin')) and "material"."academy_id" = (select nullif(current_setting('app.academy', true), '')::uuid)) or ((select nullif(current_setting('app.role', true), '') in ('instructor')) and "material"."class_id" in (select headed_classes())) or ((select nullif(current_setting('app.role', true), '') in ('worker')) and "material"."enrolment_id" in (select own_enrolments())));--> statement-breakpoint
ALTER POLICY "material_update" ON "material" TO public USING (((select nullif(current_setting('app.role', true), '') in ('academy_admin')) and "material"."academy_id" = (select nullif(current_setting('app.academy', true), '')::uuid)) or ((select nullif(current_setting('app.role', true), '') in ('instructor')) and "material"."class_id" in (select headed_classes())) or (((select nullif(current_setting('app.role', true), '') in ('worker')) and "material"."enrolment_id" in (select own_enrolments())) and "material"."state" <> 'accepted')) WITH CHECK (((((select nullif(current_setting('app.role', true), '') in ('academy_admin')) and "material"."academy_id" = (select nullif(current_setting('app.academy', true), '')::uuid)) or ((select nullif(current_setting('app.role', true), '') in ('instructor')) and "material"."class_id" in (select headed_classes()))) and "material"."answered_by" = (select nullif(current_setting('app.account', true), '')::uuid)) or (((select nullif(current_setting('app.role', true), '') in ('worker')) and "material"."enrolment_id" in (select own_enrolments())) and "material"."handed_by" = (select nullif(current_setting('app.account', true), '')::uuid) and "material"."state" = 'handed_in'));--> statement-breakpoint
ALTER POLICY "material_file_read" ON "material_file" TO public USING ((select nullif(current_setting('app.purpose', true), '') in ('materials')) or ((select nullif(current_setting('app.role', true), '') in ('academy_admin')) and "material_file"."academy_id" = (select nullif(current_setting('app.academy', true), '')::uuid)) or ((select nullif(current_setting('app.role', true), '') in ('instructor')) and "material_file"."class_id" in (select headed_classes())) or ((select nullif(current_setting('app.role', true), '') in ('worker')) and "material_file"."enrolment_id" in (select own_enrolments())));
--> statement-breakpoint
-- Whoever was let into a class by hand, and bears the name that its page gives as the class head, is its head from now on; all others
-- teach it. Row-level security holds for the owner as well: the handler reads classes and their staff, `setup` reads accounts and adds.
SELECT set_config('app.purpose', 'setup', true), set_config('app.role', 'provincial_handler', true);
--> statement-breakpoint
INSERT INTO class_staff (academy_id, class_id, account_id, role)
SELECT DISTINCT ON (s.academy_id, s.class_id) s.academy_id, s.class_id, s.account_id, 'head'
FROM class_staff s JOIN class c ON c.academy_id = s.academy_id AND c.id = s.class_id
JOIN account a ON a.id = s.account_id AND a.display_name = c.class_head
WHERE NOT s.of_sessions ORDER BY s.academy_id, s.class_id, s.account_id;
--> statement-breakpoint
SELECT set_config('app.purpose', 'timetable', true);
--> statement-breakpoint
DELETE FROM class_staff s WHERE s.role = 'instructor' AND NOT s.of_sessions AND EXISTS (SELECT 1 FROM class_staff h
  WHERE h.academy_id = s.academy_id AND h.class_id = s.class_id AND h.account_id = s.account_id AND h.role = 'head');
--> statement-breakpoint
SELECT set_config('app.purpose', '', true), set_config('app.role', '', true);
