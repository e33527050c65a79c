CREATE TABLE "assessment_sitting" (
	"academy_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"class_id" uuid NOT NULL,
	"part" text NOT NULL,
	"attempt" integer DEFAULT 1 NOT NULL,
	"starts_at" timestamp with time zone NOT NULL,
	"ends_at" timestamp with time zone NOT NULL,
	"site_id" uuid,
	"place" text,
	"status" text DEFAULT 'planned' NOT NULL,
	"cancel_reason" text,
	CONSTRAINT "assessment_sitting_academy_id_id_pk" PRIMARY KEY("academy_id","id"),
	CONSTRAINT "assessment_sitting_of_class" UNIQUE("academy_id","id","class_id"),
	CONSTRAINT "assessment_sitting_part" CHECK ("assessment_sitting"."part" in ('theory', 'practical', 'both')),
	CONSTRAINT "assessment_sitting_attempt" CHECK ("assessment_sitting"."attempt" between 1 and 4),
	CONSTRAINT "assessment_sitting_times" CHECK ("assessment_sitting"."ends_at" > "assessment_sitting"."starts_at"),
	CONSTRAINT "assessment_sitting_place" CHECK (("assessment_sitting"."site_id" is null) <> ("assessment_sitting"."place" is null)),
	CONSTRAINT "assessment_sitting_status" CHECK ("assessment_sitting"."status" in ('planned', 'cancelled')),
	CONSTRAINT "assessment_sitting_cancelled" CHECK (("assessment_sitting"."status" = 'cancelled') = ("assessment_sitting"."cancel_reason" is not null))
);
--> statement-breakpoint
ALTER TABLE "assessment_sitting" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "sitting_assessor" (
	"academy_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"sitting_id" uuid NOT NULL,
	"class_id" uuid NOT NULL,
	"instructor_id" uuid,
	"name" text NOT NULL,
	"body" text,
	CONSTRAINT "sitting_assessor_academy_id_id_pk" PRIMARY KEY("academy_id","id"),
	CONSTRAINT "sitting_assessor_once" UNIQUE("academy_id","sitting_id","instructor_id"),
	CONSTRAINT "sitting_assessor_name" CHECK (char_length("sitting_assessor"."name") between 2 and 50),
	CONSTRAINT "sitting_assessor_outside" CHECK (("sitting_assessor"."instructor_id" is null) = ("sitting_assessor"."body" is not null))
);
--> statement-breakpoint
ALTER TABLE "sitting_assessor" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "class_change" DROP CONSTRAINT "class_change_field";--> statement-breakpoint
ALTER TABLE "instructor_time" DROP CONSTRAINT "instructor_time_academy_id_session_id_instructor_id_pk";--> statement-breakpoint
ALTER TABLE "instructor_time" ALTER COLUMN "session_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "class" ADD COLUMN "assessment_later" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "class" ADD COLUMN "resits" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "instructor_time" ADD COLUMN "class_id" uuid;--> statement-breakpoint
SELECT set_config('app.purpose', 'timetable', true);--> statement-breakpoint
-- Nobody may change such a row: each is written again with its class.
WITH gone AS (DELETE FROM instructor_time RETURNING academy_id, session_id, instructor_id, person_id, during)
INSERT INTO instructor_time (academy_id, class_id, session_id, instructor_id, person_id, during)
SELECT gone.academy_id, s.class_id, gone.session_id, gone.instructor_id, gone.person_id, gone.during
FROM gone JOIN class_session s ON s.academy_id = gone.academy_id AND s.id = gone.session_id;--> statement-breakpoint
SELECT set_config('app.purpose', '', true);--> statement-breakpoint
ALTER TABLE "instructor_time" ALTER COLUMN "class_id" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "instructor_time" ADD CONSTRAINT "instructor_time_pk" PRIMARY KEY("academy_id","instructor_id","class_id","during");--> statement-breakpoint
ALTER TABLE "instructor_time" ADD COLUMN "sitting_id" uuid;--> statement-breakpoint
ALTER TABLE "assessment_sitting" ADD CONSTRAINT "assessment_sitting_academy_id_class_id_class_academy_id_id_fk" FOREIGN KEY ("academy_id","class_id") REFERENCES "public"."class"("academy_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "assessment_sitting" ADD CONSTRAINT "assessment_sitting_academy_id_site_id_site_academy_id_id_fk" FOREIGN KEY ("academy_id","site_id") REFERENCES "public"."site"("academy_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sitting_assessor" ADD CONSTRAINT "sitting_assessor_academy_id_sitting_id_class_id_assessment_sitting_academy_id_id_class_id_fk" FOREIGN KEY ("academy_id","sitting_id","class_id") REFERENCES "public"."assessment_sitting"("academy_id","id","class_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sitting_assessor" ADD CONSTRAINT "sitting_assessor_academy_id_instructor_id_instructor_academy_id_id_fk" FOREIGN KEY ("academy_id","instructor_id") REFERENCES "public"."instructor"("academy_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "assessment_sitting_class" ON "assessment_sitting" USING btree ("academy_id","class_id","starts_at");--> statement-breakpoint
CREATE INDEX "assessment_sitting_site" ON "assessment_sitting" USING btree ("academy_id","site_id","starts_at") WHERE "assessment_sitting"."site_id" is not null;--> statement-breakpoint
CREATE INDEX "sitting_assessor_class" ON "sitting_assessor" USING btree ("academy_id","class_id");--> statement-breakpoint
CREATE INDEX "sitting_assessor_instructor" ON "sitting_assessor" USING btree ("academy_id","instructor_id") WHERE "sitting_assessor"."instructor_id" is not null;--> statement-breakpoint
ALTER TABLE "instructor_time" ADD CONSTRAINT "instructor_time_assessor" FOREIGN KEY ("academy_id","sitting_id","instructor_id") REFERENCES "public"."sitting_assessor"("academy_id","sitting_id","instructor_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "instructor_time_session" ON "instructor_time" USING btree ("academy_id","session_id") WHERE "instructor_time"."session_id" is not null;--> statement-breakpoint
CREATE INDEX "instructor_time_sitting" ON "instructor_time" USING btree ("academy_id","sitting_id") WHERE "instructor_time"."sitting_id" is not null;--> statement-breakpoint
ALTER TABLE "class_change" ADD CONSTRAINT "class_change_field" CHECK ("class_change"."field" in ('code', 'name', 'mode', 'occupationCode', 'level', 'startsOn', 'endsOn', 'plannedHours', 'plannedPracticalHours', 'capacity', 'siteId', 'enrolOpensAt', 'enrolClosesAt', 'withdrawUntil', 'needsApproval', 'hasWaitlist', 'eligibleCategories', 'eligibleLevel', 'eligibleYears', 'eligibleEmployers', 'isForMembers', 'feeFen', 'bring', 'lunch', 'documentsNeeded', 'classHead', 'classHeadPhone', 'certificatesExpectedOn', 'sitting', 'resits', 'assessmentLater'));--> statement-breakpoint
ALTER TABLE "class" ADD CONSTRAINT "class_resits" CHECK ("class"."resits" between 0 and 3);--> statement-breakpoint
ALTER TABLE "instructor_time" ADD CONSTRAINT "instructor_time_of" CHECK (("instructor_time"."session_id" is null) <> ("instructor_time"."sitting_id" is null));--> statement-breakpoint
CREATE POLICY "assessment_sitting_read" ON "assessment_sitting" AS PERMISSIVE FOR SELECT TO public USING ((select nullif(current_setting('app.purpose', true), '') in ('timetable', 'setup')) or exists (select 1 from class c where c.academy_id = "assessment_sitting"."academy_id" and c.id = "assessment_sitting"."class_id"));--> statement-breakpoint
CREATE POLICY "assessment_sitting_insert" ON "assessment_sitting" AS PERMISSIVE FOR INSERT TO public WITH CHECK ((select nullif(current_setting('app.purpose', true), '') in ('setup')) or ((select nullif(current_setting('app.role', true), '') in ('academy_admin')) and "assessment_sitting"."academy_id" = (select nullif(current_setting('app.academy', true), '')::uuid)));--> statement-breakpoint
CREATE POLICY "assessment_sitting_update" ON "assessment_sitting" AS PERMISSIVE FOR UPDATE TO public USING (((select nullif(current_setting('app.role', true), '') in ('academy_admin')) and "assessment_sitting"."academy_id" = (select nullif(current_setting('app.academy', true), '')::uuid))) WITH CHECK (((select nullif(current_setting('app.role', true), '') in ('academy_admin')) and "assessment_sitting"."academy_id" = (select nullif(current_setting('app.academy', true), '')::uuid)));--> statement-breakpoint
CREATE POLICY "assessment_sitting_remove" ON "assessment_sitting" AS PERMISSIVE FOR DELETE TO public USING ((((select nullif(current_setting('app.role', true), '') in ('academy_admin')) and "assessment_sitting"."academy_id" = (select nullif(current_setting('app.academy', true), '')::uuid)) and exists (select 1 from class c where c.academy_id = "assessment_sitting"."academy_id" and c.id = "assessment_sitting"."class_id" and c.status = 'draft')));--> statement-breakpoint
CREATE POLICY "sitting_assessor_read" ON "sitting_assessor" AS PERMISSIVE FOR SELECT TO public USING ((select nullif(current_setting('app.purpose', true), '') in ('timetable', 'setup')) or exists (select 1 from class c where c.academy_id = "sitting_assessor"."academy_id" and c.id = "sitting_assessor"."class_id"));--> statement-breakpoint
CREATE POLICY "sitting_assessor_insert" ON "sitting_assessor" AS PERMISSIVE FOR INSERT TO public WITH CHECK ((select nullif(current_setting('app.purpose', true), '') in ('setup')) or ((select nullif(current_setting('app.role', true), '') in ('academy_admin')) and "sitting_assessor"."academy_id" = (select nullif(current_setting('app.academy', true), '')::uuid)));--> statement-breakpoint
CREATE POLICY "sitting_assessor_remove" ON "sitting_assessor" AS PERMISSIVE FOR DELETE TO public USING (((select nullif(current_setting('app.role', true), '') in ('academy_admin')) and "sitting_assessor"."academy_id" = (select nullif(current_setting('app.academy', true), '')::uuid)));--> statement-breakpoint
-- 考培分离: nobody teaches a class and assesses it.
ALTER TABLE instructor_time ADD CONSTRAINT instructor_time_apart
  EXCLUDE USING gist (class_id WITH =, person_id WITH =, ((sitting_id IS NULL)::int) WITH <>);
--> statement-breakpoint
-- As in 0041_session_instructors.sql, with the class.
CREATE OR REPLACE FUNCTION hold_instructor_time(of_academy uuid, of_session uuid, of_instructor uuid) RETURNS void
  LANGUAGE sql SET app.purpose = 'timetable' AS $$
  insert into instructor_time (academy_id, class_id, session_id, instructor_id, person_id, during)
  select t.academy_id, s.class_id, t.session_id, t.instructor_id, i.person_id, tstzrange(s.starts_at, s.ends_at)
  from session_instructor t
  join instructor i on i.academy_id = t.academy_id and i.id = t.instructor_id
  join class_session s on s.academy_id = t.academy_id and s.id = t.session_id
  join class c on c.academy_id = s.academy_id and c.id = s.class_id
  where t.academy_id = of_academy and (of_session is null or t.session_id = of_session)
    and (of_instructor is null or t.instructor_id = of_instructor) and s.status = 'planned' and c.status <> 'cancelled'
$$;
--> statement-breakpoint
CREATE FUNCTION hold_assessor_time(of_academy uuid, of_sitting uuid, of_instructor uuid) RETURNS void
  LANGUAGE sql SET app.purpose = 'timetable' AS $$
  insert into instructor_time (academy_id, class_id, sitting_id, instructor_id, person_id, during)
  select a.academy_id, s.class_id, s.id, a.instructor_id, i.person_id, tstzrange(s.starts_at, s.ends_at)
  from sitting_assessor a
  join instructor i on i.academy_id = a.academy_id and i.id = a.instructor_id
  join assessment_sitting s on s.academy_id = a.academy_id and s.id = a.sitting_id
  join class c on c.academy_id = s.academy_id and c.id = s.class_id
  where a.academy_id = of_academy and a.sitting_id = of_sitting
    and (of_instructor is null or a.instructor_id = of_instructor) and s.status = 'planned' and c.status <> 'cancelled'
$$;
--> statement-breakpoint
CREATE FUNCTION sitting_assessor_made() RETURNS trigger LANGUAGE plpgsql SET app.purpose = 'timetable' AS $$
begin
  perform hold_assessor_time(new.academy_id, new.sitting_id, new.instructor_id);
  return null;
end $$;
--> statement-breakpoint
CREATE TRIGGER sitting_assessor_made AFTER INSERT ON sitting_assessor
  FOR EACH ROW WHEN (new.instructor_id is not null) EXECUTE FUNCTION sitting_assessor_made();
--> statement-breakpoint
CREATE FUNCTION assessor_time_moved() RETURNS trigger LANGUAGE plpgsql SET app.purpose = 'timetable' AS $$
begin
  delete from instructor_time where academy_id = new.academy_id and sitting_id = new.id;
  perform hold_assessor_time(new.academy_id, new.id, null);
  return null;
end $$;
--> statement-breakpoint
CREATE TRIGGER assessor_time_moved AFTER UPDATE OF starts_at, ends_at, status ON assessment_sitting
  FOR EACH ROW EXECUTE FUNCTION assessor_time_moved();
--> statement-breakpoint
CREATE OR REPLACE FUNCTION instructor_time_freed() RETURNS trigger LANGUAGE plpgsql SET app.purpose = 'timetable' AS $$
begin
  delete from instructor_time where academy_id = new.academy_id and class_id = new.id;
  return null;
end $$;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION instructor_changed() RETURNS trigger LANGUAGE plpgsql SET app.purpose = 'timetable' AS $$
begin
  if new.person_id <> old.person_id then
    with gone as (
      delete from instructor_time where academy_id = new.academy_id and instructor_id = new.id returning *
    )
    insert into instructor_time (academy_id, class_id, session_id, sitting_id, instructor_id, person_id, during)
    select academy_id, class_id, session_id, sitting_id, instructor_id, new.person_id, during from gone
    where not exists (select 1 from instructor_time o where o.person_id = new.person_id and (o.during && gone.during
      or o.class_id = gone.class_id and (o.sitting_id is null) <> (gone.sitting_id is null)));
  end if;
  if new.account_id is distinct from old.account_id then
    delete from class_staff f where f.academy_id = new.academy_id and f.account_id = old.account_id and f.of_sessions;
    insert into class_staff (academy_id, class_id, account_id, of_sessions)
    select distinct s.academy_id, s.class_id, new.account_id, true
    from session_instructor t join class_session s on s.academy_id = t.academy_id and s.id = t.session_id
    where t.academy_id = new.academy_id and t.instructor_id = new.id and new.account_id is not null
    on conflict do nothing;
  end if;
  return null;
end $$;
--> statement-breakpoint
-- A sitting has its site for itself: no session meanwhile, and no sitting of another class (one class may sit in groups side by
-- side). Who plans there holds the site's row, so that two at once take turns.
CREATE FUNCTION session_site_sat() RETURNS trigger LANGUAGE plpgsql SET app.purpose = 'timetable' AS $$
begin
  if exists (
    select 1 from assessment_sitting s join class c on c.academy_id = s.academy_id and c.id = s.class_id
    where s.academy_id = new.academy_id and s.site_id = new.site_id and s.status = 'planned' and c.status <> 'cancelled'
      and tstzrange(s.starts_at, s.ends_at) && tstzrange(new.starts_at, new.ends_at)
  ) then
    raise exception 'a sitting holds the site' using errcode = '23P01', constraint = 'sitting_site';
  end if;
  return null;
end $$;
--> statement-breakpoint
CREATE TRIGGER session_site_sat AFTER INSERT OR UPDATE OF starts_at, ends_at, site_id, status, holds_site ON class_session
  FOR EACH ROW WHEN (new.status = 'planned' and new.holds_site and new.site_id is not null) EXECUTE FUNCTION session_site_sat();
--> statement-breakpoint
CREATE FUNCTION sitting_site() RETURNS trigger LANGUAGE plpgsql SET app.purpose = 'timetable' AS $$
begin
  if exists (
    select 1 from class_session s
    where s.academy_id = new.academy_id and s.site_id = new.site_id and s.status = 'planned' and s.holds_site
      and tstzrange(s.starts_at, s.ends_at) && tstzrange(new.starts_at, new.ends_at)
  ) or exists (
    select 1 from assessment_sitting s join class c on c.academy_id = s.academy_id and c.id = s.class_id
    where s.academy_id = new.academy_id and s.site_id = new.site_id and s.status = 'planned' and c.status <> 'cancelled'
      and s.class_id <> new.class_id and tstzrange(s.starts_at, s.ends_at) && tstzrange(new.starts_at, new.ends_at)
  ) then
    raise exception 'the site of a sitting is taken' using errcode = '23P01', constraint = 'sitting_site';
  end if;
  return null;
end $$;
--> statement-breakpoint
CREATE TRIGGER sitting_site AFTER INSERT OR UPDATE OF starts_at, ends_at, site_id, status ON assessment_sitting
  FOR EACH ROW WHEN (new.status = 'planned' and new.site_id is not null) EXECUTE FUNCTION sitting_site();
