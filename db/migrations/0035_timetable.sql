CREATE TABLE "class_session_change" (
	"academy_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"session_id" uuid NOT NULL,
	"class_id" uuid NOT NULL,
	"change" text NOT NULL,
	"before" jsonb,
	"after" jsonb,
	"reason" text,
	"account_id" uuid NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "class_session_change_academy_id_id_pk" PRIMARY KEY("academy_id","id"),
	CONSTRAINT "class_session_change_kind" CHECK ("class_session_change"."change" in ('added', 'changed', 'cancelled', 'made_up'))
);
--> statement-breakpoint
ALTER TABLE "class_session_change" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "notice" DROP CONSTRAINT "notice_kind";--> statement-breakpoint
ALTER TABLE "delivery" DROP CONSTRAINT "delivery_kind";--> statement-breakpoint
ALTER TABLE "class_session" ADD COLUMN "kind" text;--> statement-breakpoint
ALTER TABLE "class_session" ADD COLUMN "holds_site" boolean DEFAULT true NOT NULL;--> statement-breakpoint
ALTER TABLE "class_session" ADD COLUMN "status" text DEFAULT 'planned' NOT NULL;--> statement-breakpoint
ALTER TABLE "class_session" ADD COLUMN "cancel_reason" text;--> statement-breakpoint
ALTER TABLE "class_session" ADD COLUMN "makes_up_for_id" uuid;--> statement-breakpoint
ALTER TABLE "class_session_change" ADD CONSTRAINT "class_session_change_academy_id_session_id_class_session_academy_id_id_fk" FOREIGN KEY ("academy_id","session_id") REFERENCES "public"."class_session"("academy_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "class_session_change" ADD CONSTRAINT "class_session_change_academy_id_class_id_class_academy_id_id_fk" FOREIGN KEY ("academy_id","class_id") REFERENCES "public"."class"("academy_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "class_session_change_class" ON "class_session_change" USING btree ("academy_id","class_id","at");--> statement-breakpoint
ALTER TABLE "class_session" ADD CONSTRAINT "class_session_academy_id_makes_up_for_id_class_session_academy_id_id_fk" FOREIGN KEY ("academy_id","makes_up_for_id") REFERENCES "public"."class_session"("academy_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "class_session_made_up_once" ON "class_session" USING btree ("academy_id","makes_up_for_id") WHERE "class_session"."makes_up_for_id" is not null and "class_session"."status" = 'planned';--> statement-breakpoint
CREATE INDEX "class_session_month" ON "class_session" USING btree ("academy_id","starts_at");--> statement-breakpoint
ALTER TABLE "notice" ADD CONSTRAINT "notice_kind" CHECK ("notice"."kind" in ('question.asked', 'question.answered', 'seat.enrolled', 'seat.waitlisted', 'seat.offered', 'seat.offer_expired', 'seat.rejected', 'seat.request_expired', 'seat.withdrawn', 'class.cancelled', 'session.added', 'session.changed', 'session.cancelled', 'session.made_up'));--> statement-breakpoint
ALTER TABLE "delivery" ADD CONSTRAINT "delivery_kind" CHECK ("delivery"."kind" in ('question.asked', 'question.answered', 'seat.enrolled', 'seat.waitlisted', 'seat.offered', 'seat.offer_expired', 'seat.rejected', 'seat.request_expired', 'seat.withdrawn', 'class.cancelled', 'session.added', 'session.changed', 'session.cancelled', 'session.made_up'));--> statement-breakpoint
ALTER TABLE "class_session" ADD CONSTRAINT "class_session_kind" CHECK ("class_session"."kind" in ('theory', 'practical'));--> statement-breakpoint
ALTER TABLE "class_session" ADD CONSTRAINT "class_session_status" CHECK ("class_session"."status" in ('planned', 'cancelled'));--> statement-breakpoint
ALTER TABLE "class_session" ADD CONSTRAINT "class_session_cancelled" CHECK (("class_session"."status" = 'cancelled') = ("class_session"."cancel_reason" is not null));--> statement-breakpoint
CREATE POLICY "class_session_change_read" ON "class_session_change" AS PERMISSIVE FOR SELECT TO public USING (exists (select 1 from class c where c.academy_id = "class_session_change"."academy_id" and c.id = "class_session_change"."class_id"));--> statement-breakpoint
CREATE POLICY "class_session_change_insert" ON "class_session_change" AS PERMISSIVE FOR INSERT TO public WITH CHECK (((select nullif(current_setting('app.role', true), '') in ('academy_admin')) and "class_session_change"."academy_id" = (select nullif(current_setting('app.academy', true), '')::uuid)));--> statement-breakpoint
ALTER POLICY "notice_read" ON "notice" TO public USING ((select nullif(current_setting('app.purpose', true), '') in ('sign_in', 'delivery', 'questions', 'seats', 'timetable')) or "notice"."account_id" = (select nullif(current_setting('app.account', true), '')::uuid));--> statement-breakpoint
ALTER POLICY "notice_insert" ON "notice" TO public WITH CHECK ((select nullif(current_setting('app.purpose', true), '') in ('questions', 'seats', 'timetable')));--> statement-breakpoint
ALTER POLICY "delivery_insert" ON "delivery" TO public WITH CHECK ((select nullif(current_setting('app.purpose', true), '') in ('questions', 'seats', 'timetable')));--> statement-breakpoint
ALTER POLICY "class_session_update" ON "class_session" TO public USING ((select nullif(current_setting('app.purpose', true), '') in ('setup')) or ((select nullif(current_setting('app.role', true), '') in ('academy_admin')) and "class_session"."academy_id" = (select nullif(current_setting('app.academy', true), '')::uuid))) WITH CHECK ((select nullif(current_setting('app.purpose', true), '') in ('setup')) or ((select nullif(current_setting('app.role', true), '') in ('academy_admin')) and "class_session"."academy_id" = (select nullif(current_setting('app.academy', true), '')::uuid)));
--> statement-breakpoint
-- What the hours of the sessions there are for, where the class's mode says it. Row-level security holds for the owner as
-- well: the handler reads every class, the purpose `setup` writes sessions.
SELECT set_config('app.purpose', 'setup', true), set_config('app.role', 'provincial_handler', true);
--> statement-breakpoint
UPDATE class_session s SET kind = CASE c.mode WHEN 'practical' THEN 'practical' WHEN 'classroom' THEN 'theory' END
FROM class c WHERE c.academy_id = s.academy_id AND c.id = s.class_id AND c.mode IN ('practical', 'classroom');
--> statement-breakpoint
SELECT set_config('app.purpose', '', true), set_config('app.role', '', true);

--> statement-breakpoint
-- Sessions that shared a site before anybody looked stay as they are; those of a cancelled class hold none.
SELECT set_config('app.purpose', 'setup', true), set_config('app.role', 'provincial_handler', true);
--> statement-breakpoint
UPDATE class_session s SET holds_site = false
WHERE EXISTS (SELECT 1 FROM class_session o WHERE o.academy_id = s.academy_id AND o.site_id = s.site_id AND o.id <> s.id
    AND tstzrange(o.starts_at, o.ends_at) && tstzrange(s.starts_at, s.ends_at))
  OR EXISTS (SELECT 1 FROM class c WHERE c.academy_id = s.academy_id AND c.id = s.class_id AND c.status = 'cancelled');
--> statement-breakpoint
SELECT set_config('app.purpose', '', true), set_config('app.role', '', true);
--> statement-breakpoint
-- One site, one session at a time; ranges are half-open, so that one may begin when the other ends. (btree_gist is there.)
ALTER TABLE class_session ADD CONSTRAINT class_session_site_free
  EXCLUDE USING gist (academy_id WITH =, site_id WITH =, tstzrange(starts_at, ends_at) WITH &&)
  WHERE (status = 'planned' AND holds_site AND site_id IS NOT NULL);
--> statement-breakpoint
-- A cancelled class gives its sites free.
CREATE FUNCTION cancelled_site() RETURNS trigger LANGUAGE plpgsql SET app.purpose = 'setup' AS $$
begin
  update class_session set holds_site = false where academy_id = new.academy_id and class_id = new.id and holds_site;
  return null;
end $$;
--> statement-breakpoint
CREATE TRIGGER cancelled_site AFTER UPDATE OF status ON class
  FOR EACH ROW WHEN (new.status = 'cancelled' and old.status <> 'cancelled') EXECUTE FUNCTION cancelled_site();
--> statement-breakpoint
-- A cancelled session holds nobody's time (0031_seats_by_trigger.sql); as there but for `status`.
CREATE OR REPLACE FUNCTION hold_worker_time(of_academy uuid, of_class uuid, of_enrolment uuid, of_person uuid, strictly boolean)
  RETURNS void LANGUAGE plpgsql SET app.purpose = 'seats' AS $$
begin
  if strictly then
    insert into worker_time (academy_id, enrolment_id, session_id, person_id, during)
    select of_academy, of_enrolment, s.id, of_person, tstzrange(s.starts_at, s.ends_at)
    from class_session s where s.academy_id = of_academy and s.class_id = of_class and s.status = 'planned';
  else
    insert into worker_time (academy_id, enrolment_id, session_id, person_id, during)
    select of_academy, of_enrolment, s.id, of_person, tstzrange(s.starts_at, s.ends_at)
    from class_session s where s.academy_id = of_academy and s.class_id = of_class and s.status = 'planned'
    on conflict do nothing;
  end if;
end $$;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION session_time() RETURNS trigger LANGUAGE plpgsql SET app.purpose = 'seats' AS $$
begin
  if tg_op = 'UPDATE' then
    delete from worker_time where academy_id = old.academy_id and session_id = old.id;
  end if;
  if new.status = 'planned' then
    insert into worker_time (academy_id, enrolment_id, session_id, person_id, during)
    select e.academy_id, e.id, new.id, e.person_id, tstzrange(new.starts_at, new.ends_at)
    from enrolment e where e.academy_id = new.academy_id and e.class_id = new.class_id and e.seat = 'enrolled'
    on conflict do nothing;
  end if;
  return null;
end $$;
--> statement-breakpoint
DROP TRIGGER session_time ON class_session;
--> statement-breakpoint
CREATE TRIGGER session_time AFTER INSERT OR UPDATE OF starts_at, ends_at, class_id, status ON class_session
  FOR EACH ROW EXECUTE FUNCTION session_time();
