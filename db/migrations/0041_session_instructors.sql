CREATE TABLE "instructor_time" (
	"academy_id" uuid NOT NULL,
	"session_id" uuid NOT NULL,
	"instructor_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"during" "tstzrange" NOT NULL,
	CONSTRAINT "instructor_time_academy_id_session_id_instructor_id_pk" PRIMARY KEY("academy_id","session_id","instructor_id")
);
--> statement-breakpoint
ALTER TABLE "instructor_time" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "session_instructor" (
	"academy_id" uuid NOT NULL,
	"session_id" uuid NOT NULL,
	"instructor_id" uuid NOT NULL,
	CONSTRAINT "session_instructor_academy_id_session_id_instructor_id_pk" PRIMARY KEY("academy_id","session_id","instructor_id")
);
--> statement-breakpoint
ALTER TABLE "session_instructor" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "notice" DROP CONSTRAINT "notice_kind";--> statement-breakpoint
ALTER TABLE "delivery" DROP CONSTRAINT "delivery_kind";--> statement-breakpoint
ALTER TABLE "class_session_change" DROP CONSTRAINT "class_session_change_kind";--> statement-breakpoint
ALTER TABLE "class_staff" ADD COLUMN "of_sessions" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "instructor_time" ADD CONSTRAINT "instructor_time_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "instructor_time" ADD CONSTRAINT "instructor_time_academy_id_session_id_instructor_id_session_instructor_academy_id_session_id_instructor_id_fk" FOREIGN KEY ("academy_id","session_id","instructor_id") REFERENCES "public"."session_instructor"("academy_id","session_id","instructor_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "session_instructor" ADD CONSTRAINT "session_instructor_academy_id_session_id_class_session_academy_id_id_fk" FOREIGN KEY ("academy_id","session_id") REFERENCES "public"."class_session"("academy_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "session_instructor" ADD CONSTRAINT "session_instructor_academy_id_instructor_id_instructor_academy_id_id_fk" FOREIGN KEY ("academy_id","instructor_id") REFERENCES "public"."instructor"("academy_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "session_instructor_of" ON "session_instructor" USING btree ("academy_id","instructor_id");--> statement-breakpoint
ALTER TABLE "notice" ADD CONSTRAINT "notice_kind" CHECK ("notice"."kind" in ('question.asked', 'question.answered', 'seat.enrolled', 'seat.waitlisted', 'seat.offered', 'seat.offer_expired', 'seat.rejected', 'seat.request_expired', 'seat.withdrawn', 'class.cancelled', 'session.added', 'session.changed', 'session.cancelled', 'session.made_up', 'attendance.at_risk', 'session.substituted'));--> statement-breakpoint
ALTER TABLE "delivery" ADD CONSTRAINT "delivery_kind" CHECK ("delivery"."kind" in ('question.asked', 'question.answered', 'seat.enrolled', 'seat.waitlisted', 'seat.offered', 'seat.offer_expired', 'seat.rejected', 'seat.request_expired', 'seat.withdrawn', 'class.cancelled', 'session.added', 'session.changed', 'session.cancelled', 'session.made_up', 'attendance.at_risk', 'session.substituted'));--> statement-breakpoint
ALTER TABLE "class_session_change" ADD CONSTRAINT "class_session_change_kind" CHECK ("class_session_change"."change" in ('added', 'changed', 'cancelled', 'made_up', 'substituted'));--> statement-breakpoint
CREATE POLICY "instructor_time_read" ON "instructor_time" AS PERMISSIVE FOR SELECT TO public USING ((select nullif(current_setting('app.purpose', true), '') in ('timetable')));--> statement-breakpoint
CREATE POLICY "instructor_time_insert" ON "instructor_time" AS PERMISSIVE FOR INSERT TO public WITH CHECK ((select nullif(current_setting('app.purpose', true), '') in ('timetable')));--> statement-breakpoint
CREATE POLICY "instructor_time_remove" ON "instructor_time" AS PERMISSIVE FOR DELETE TO public USING ((select nullif(current_setting('app.purpose', true), '') in ('timetable')));--> statement-breakpoint
CREATE POLICY "session_instructor_read" ON "session_instructor" AS PERMISSIVE FOR SELECT TO public USING ((select nullif(current_setting('app.role', true), '') in ('provincial_handler', 'provincial_reviewer')) or (select nullif(current_setting('app.purpose', true), '') in ('timetable', 'setup')) or ((select nullif(current_setting('app.role', true), '') in ('academy_admin')) and "session_instructor"."academy_id" = (select nullif(current_setting('app.academy', true), '')::uuid)) or ((select nullif(current_setting('app.role', true), '') in ('sponsor_reviewer')) and "session_instructor"."academy_id" in (select a.id from academy a where a.sponsor_id = (select nullif(current_setting('app.union', true), '')::uuid))) or exists (select 1 from instructor i where i.academy_id = "session_instructor"."academy_id" and i.id = "session_instructor"."instructor_id" and i.account_id = (select nullif(current_setting('app.account', true), '')::uuid)));--> statement-breakpoint
CREATE POLICY "session_instructor_insert" ON "session_instructor" AS PERMISSIVE FOR INSERT TO public WITH CHECK ((select nullif(current_setting('app.purpose', true), '') in ('setup')) or ((select nullif(current_setting('app.role', true), '') in ('academy_admin')) and "session_instructor"."academy_id" = (select nullif(current_setting('app.academy', true), '')::uuid)));--> statement-breakpoint
CREATE POLICY "session_instructor_remove" ON "session_instructor" AS PERMISSIVE FOR DELETE TO public USING (((select nullif(current_setting('app.role', true), '') in ('academy_admin')) and "session_instructor"."academy_id" = (select nullif(current_setting('app.academy', true), '')::uuid)));--> statement-breakpoint
ALTER POLICY "class_staff_read" ON "class_staff" TO public USING ((select nullif(current_setting('app.role', true), '') in ('provincial_handler', 'provincial_reviewer')) or (select nullif(current_setting('app.purpose', true), '') in ('questions', 'timetable')) or "class_staff"."account_id" = (select nullif(current_setting('app.account', true), '')::uuid) or ((select nullif(current_setting('app.role', true), '') in ('academy_admin')) and "class_staff"."academy_id" = (select nullif(current_setting('app.academy', true), '')::uuid)) or ((select nullif(current_setting('app.role', true), '') in ('sponsor_reviewer')) and "class_staff"."academy_id" in (select a.id from academy a where a.sponsor_id = (select nullif(current_setting('app.union', true), '')::uuid))));--> statement-breakpoint
ALTER POLICY "class_staff_insert" ON "class_staff" TO public WITH CHECK ((select nullif(current_setting('app.purpose', true), '') in ('setup', 'timetable')) or ((select nullif(current_setting('app.role', true), '') in ('academy_admin')) and "class_staff"."academy_id" = (select nullif(current_setting('app.academy', true), '')::uuid)));--> statement-breakpoint
ALTER POLICY "class_staff_remove" ON "class_staff" TO public USING ((select nullif(current_setting('app.purpose', true), '') in ('timetable')) or ((select nullif(current_setting('app.role', true), '') in ('academy_admin')) and "class_staff"."academy_id" = (select nullif(current_setting('app.academy', true), '')::uuid)));--> statement-breakpoint
ALTER POLICY "class_read" ON "class" TO public USING ((select nullif(current_setting('app.role', true), '') in ('provincial_handler', 'provincial_reviewer')) or (select nullif(current_setting('app.purpose', true), '') in ('seats', 'credit', 'ledger', 'figures', 'attendance', 'timetable')) or ("class"."origin" = 'system' and "class"."status" <> 'draft') or ((select nullif(current_setting('app.role', true), '') in ('academy_admin')) and "class"."academy_id" = (select nullif(current_setting('app.academy', true), '')::uuid)) or ((select nullif(current_setting('app.role', true), '') in ('sponsor_reviewer')) and "class"."academy_id" in (select a.id from academy a where a.sponsor_id = (select nullif(current_setting('app.union', true), '')::uuid))) or ((select nullif(current_setting('app.role', true), '') in ('instructor')) and "class"."id" in (select cs.class_id from class_staff cs where cs.account_id = (select nullif(current_setting('app.account', true), '')::uuid))) or "class"."id" in (select e.class_id from enrolment e where e.account_id = (select nullif(current_setting('app.account', true), '')::uuid) or e.person_id = (select nullif(current_setting('app.person', true), '')::uuid)));--> statement-breakpoint
ALTER TABLE instructor_time ADD CONSTRAINT instructor_time_once EXCLUDE USING gist (person_id WITH =, during WITH &&);
--> statement-breakpoint
-- The functions that write act for the purpose `timetable` until they return; only they may. Whoever plans a session is
-- refused where an instructor's time is not free, at whatever academy. A cancelled session or class takes nobody's time.
CREATE FUNCTION hold_instructor_time(of_academy uuid, of_session uuid, of_instructor uuid) RETURNS void
  LANGUAGE sql SET app.purpose = 'timetable' AS $$
  insert into instructor_time (academy_id, session_id, instructor_id, person_id, during)
  select t.academy_id, t.session_id, t.instructor_id, i.person_id, tstzrange(s.starts_at, s.ends_at)
  from session_instructor t
  join instructor i on i.academy_id = t.academy_id and i.id = t.instructor_id
  join class_session s on s.academy_id = t.academy_id and s.id = t.session_id
  join class c on c.academy_id = s.academy_id and c.id = s.class_id
  where t.academy_id = of_academy and (of_session is null or t.session_id = of_session)
    and (of_instructor is null or t.instructor_id = of_instructor) and s.status = 'planned' and c.status <> 'cancelled'
$$;
--> statement-breakpoint
-- An instructor with an account sees the roster of the classes that it teaches, and no longer those that it does not.
CREATE FUNCTION session_instructor_made() RETURNS trigger LANGUAGE plpgsql SET app.purpose = 'timetable' AS $$
begin
  perform hold_instructor_time(new.academy_id, new.session_id, new.instructor_id);
  insert into class_staff (academy_id, class_id, account_id, of_sessions)
  select s.academy_id, s.class_id, i.account_id, true from class_session s
  join instructor i on i.academy_id = s.academy_id and i.id = new.instructor_id
  where s.academy_id = new.academy_id and s.id = new.session_id and i.account_id is not null
  on conflict do nothing;
  return null;
end $$;
--> statement-breakpoint
CREATE TRIGGER session_instructor_made AFTER INSERT ON session_instructor
  FOR EACH ROW EXECUTE FUNCTION session_instructor_made();
--> statement-breakpoint
CREATE FUNCTION session_instructor_gone() RETURNS trigger LANGUAGE plpgsql SET app.purpose = 'timetable' AS $$
begin
  delete from class_staff f using instructor i
  where i.academy_id = old.academy_id and i.id = old.instructor_id and f.academy_id = i.academy_id
    and f.account_id = i.account_id and f.of_sessions and not exists (
      select 1 from session_instructor t join class_session s on s.academy_id = t.academy_id and s.id = t.session_id
      where t.academy_id = i.academy_id and t.instructor_id = i.id and s.class_id = f.class_id);
  return null;
end $$;
--> statement-breakpoint
CREATE TRIGGER session_instructor_gone AFTER DELETE ON session_instructor
  FOR EACH ROW EXECUTE FUNCTION session_instructor_gone();
--> statement-breakpoint
CREATE FUNCTION instructor_time_moved() RETURNS trigger LANGUAGE plpgsql SET app.purpose = 'timetable' AS $$
begin
  delete from instructor_time where academy_id = new.academy_id and session_id = new.id;
  perform hold_instructor_time(new.academy_id, new.id, null);
  return null;
end $$;
--> statement-breakpoint
CREATE TRIGGER instructor_time_moved AFTER UPDATE OF starts_at, ends_at, status ON class_session
  FOR EACH ROW EXECUTE FUNCTION instructor_time_moved();
--> statement-breakpoint
CREATE FUNCTION instructor_time_freed() RETURNS trigger LANGUAGE plpgsql SET app.purpose = 'timetable' AS $$
begin
  delete from instructor_time t using class_session s
  where s.academy_id = new.academy_id and s.class_id = new.id and t.academy_id = s.academy_id and t.session_id = s.id;
  return null;
end $$;
--> statement-breakpoint
CREATE TRIGGER instructor_time_freed AFTER UPDATE OF status ON class
  FOR EACH ROW WHEN (new.status = 'cancelled' and old.status <> 'cancelled') EXECUTE FUNCTION instructor_time_freed();
--> statement-breakpoint
-- An instructor whose record is merged (instructor_merged) takes its time along, as far as the person kept is free: what
-- happened, happened. One with another account gives that account the classes.
CREATE FUNCTION instructor_changed() RETURNS trigger LANGUAGE plpgsql SET app.purpose = 'timetable' AS $$
begin
  if new.person_id <> old.person_id then
    with gone as (
      delete from instructor_time where academy_id = new.academy_id and instructor_id = new.id returning *
    )
    insert into instructor_time select academy_id, session_id, instructor_id, new.person_id, during from gone
    where not exists (select 1 from instructor_time o where o.person_id = new.person_id and o.during && gone.during);
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
CREATE TRIGGER instructor_changed AFTER UPDATE OF person_id, account_id ON instructor
  FOR EACH ROW EXECUTE FUNCTION instructor_changed();
