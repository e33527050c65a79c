CREATE TABLE "class_closing" (
	"academy_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"class_id" uuid NOT NULL,
	"closed_by" uuid NOT NULL,
	"closed_at" timestamp with time zone NOT NULL,
	"missing" jsonb NOT NULL,
	"closed_because" text,
	"reopened_by" uuid,
	"reopened_role" text,
	"reopened_at" timestamp with time zone,
	"reopened_because" text,
	CONSTRAINT "class_closing_academy_id_id_pk" PRIMARY KEY("academy_id","id"),
	CONSTRAINT "class_closing_reason" CHECK ((jsonb_array_length("class_closing"."missing") > 0) = ("class_closing"."closed_because" is not null)),
	CONSTRAINT "class_closing_reopened" CHECK (num_nulls("class_closing"."reopened_by", "class_closing"."reopened_role", "class_closing"."reopened_at", "class_closing"."reopened_because") in (0, 4)),
	CONSTRAINT "class_closing_second_person" CHECK ("class_closing"."reopened_by" <> "class_closing"."closed_by"),
	CONSTRAINT "class_closing_role" CHECK ("class_closing"."reopened_role" in ('worker', 'instructor', 'academy_admin', 'enterprise_union', 'sponsor_reviewer', 'provincial_handler', 'provincial_reviewer', 'operator'))
);
--> statement-breakpoint
ALTER TABLE "class_closing" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "class_closing" ADD CONSTRAINT "class_closing_academy_id_class_id_class_academy_id_id_fk" FOREIGN KEY ("academy_id","class_id") REFERENCES "public"."class"("academy_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "class_closing_current" ON "class_closing" USING btree ("academy_id","class_id") WHERE "class_closing"."reopened_at" is null;--> statement-breakpoint
CREATE POLICY "class_closing_read" ON "class_closing" AS PERMISSIVE FOR SELECT TO public USING ((select nullif(current_setting('app.role', true), '') in ('provincial_handler', 'provincial_reviewer')) or (select nullif(current_setting('app.purpose', true), '') in ('seats')) or ((select nullif(current_setting('app.role', true), '') in ('academy_admin')) and "class_closing"."academy_id" = (select nullif(current_setting('app.academy', true), '')::uuid)) or ((select nullif(current_setting('app.role', true), '') in ('sponsor_reviewer')) and "class_closing"."academy_id" in (select sponsored_academies())) or ((select nullif(current_setting('app.role', true), '') in ('instructor')) and "class_closing"."class_id" in (select own_classes())));--> statement-breakpoint
CREATE POLICY "class_closing_insert" ON "class_closing" AS PERMISSIVE FOR INSERT TO public WITH CHECK (("class_closing"."closed_by" = (select nullif(current_setting('app.account', true), '')::uuid) and "class_closing"."reopened_at" is null and ((select nullif(current_setting('app.role', true), '') in ('academy_admin')) and "class_closing"."academy_id" = (select nullif(current_setting('app.academy', true), '')::uuid))));--> statement-breakpoint
CREATE POLICY "class_closing_update" ON "class_closing" AS PERMISSIVE FOR UPDATE TO public USING (((select nullif(current_setting('app.role', true), '') in ('academy_admin')) and "class_closing"."academy_id" = (select nullif(current_setting('app.academy', true), '')::uuid)) or ((select nullif(current_setting('app.role', true), '') in ('sponsor_reviewer')) and "class_closing"."academy_id" in (select sponsored_academies())) or ((select nullif(current_setting('app.role', true), '') in ('provincial_reviewer')) and "class_closing"."academy_id" in (select stood_in_academies()))) WITH CHECK (("class_closing"."reopened_by" = (select nullif(current_setting('app.account', true), '')::uuid) and (((select nullif(current_setting('app.role', true), '') in ('academy_admin')) and "class_closing"."academy_id" = (select nullif(current_setting('app.academy', true), '')::uuid)) or ((select nullif(current_setting('app.role', true), '') in ('sponsor_reviewer')) and "class_closing"."academy_id" in (select sponsored_academies())) or ((select nullif(current_setting('app.role', true), '') in ('provincial_reviewer')) and "class_closing"."academy_id" in (select stood_in_academies())))));--> statement-breakpoint
-- A class is closed as long as one of its closings was not taken back, and then it stays what it is: no seat is added, its plan is
-- the province's alone to mend. Who merges two records of one person may still make two seats one.
CREATE FUNCTION has_closing(academy uuid, asked uuid) RETURNS boolean LANGUAGE sql STABLE SET app.purpose = 'seats' AS $$
  select exists (select 1 from class_closing k where k.academy_id = academy and k.class_id = asked and k.reopened_at is null)
$$;
--> statement-breakpoint
CREATE FUNCTION class_closed() RETURNS trigger LANGUAGE plpgsql AS $$
begin
  if new.status <> old.status then
    if (new.status = 'closed' and old.status <> 'published') or (old.status = 'closed' and new.status <> 'published')
      or (new.status = 'closed') <> has_closing(new.academy_id, new.id) then
      raise exception 'a class is closed and opened again by its closings' using errcode = 'check_violation', constraint = 'class_closed';
    end if;
  elsif new.taken > old.taken or new.capacity is distinct from old.capacity
    or (coalesce(nullif(current_setting('app.role', true), ''), '') <> 'provincial_handler'
      and (new.name, new.mode, new.occupation_code, new.level, new.starts_on, new.ends_on, new.planned_hours, new.planned_practical_hours)
        is distinct from (old.name, old.mode, old.occupation_code, old.level, old.starts_on, old.ends_on, old.planned_hours, old.planned_practical_hours)) then
    raise exception 'the class is closed' using errcode = 'check_violation', constraint = 'class_closed';
  end if;
  return new;
end $$;
--> statement-breakpoint
CREATE TRIGGER class_closed BEFORE UPDATE ON class
  FOR EACH ROW WHEN (old.status = 'closed' or new.status = 'closed') EXECUTE FUNCTION class_closed();
--> statement-breakpoint
-- The timetable of a closed class stays; where two places are made one, its sessions go along.
CREATE FUNCTION session_of_open_class() RETURNS trigger LANGUAGE plpgsql AS $$
declare
  of_class uuid := coalesce(new.class_id, old.class_id);
  of_academy uuid := coalesce(new.academy_id, old.academy_id);
begin
  if exists (select 1 from class c where c.academy_id = of_academy and c.id = of_class and c.status = 'closed') then
    raise exception 'the class is closed' using errcode = 'check_violation', constraint = 'class_closed';
  end if;
  return coalesce(new, old);
end $$;
--> statement-breakpoint
CREATE TRIGGER session_of_open_class BEFORE INSERT OR DELETE OR UPDATE OF class_id, starts_at, ends_at, hours, kind, status, makes_up_for_id ON class_session
  FOR EACH ROW EXECUTE FUNCTION session_of_open_class();
