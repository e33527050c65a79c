ALTER TABLE "class_session" ADD COLUMN "first_station" integer;--> statement-breakpoint
ALTER TABLE "class_session" ADD COLUMN "last_station" integer;--> statement-breakpoint
ALTER TABLE "class_session" ADD CONSTRAINT "class_session_stations" CHECK (("class_session"."first_station" is null) = ("class_session"."last_station" is null) and "class_session"."first_station" between 1 and "class_session"."last_station" and "class_session"."last_station" <= 10000 and ("class_session"."first_station" is null or "class_session"."site_id" is not null));--> statement-breakpoint
-- One workstation, one session at a time. A range of two nulls is unbounded: the whole place meets whatever is held there.
ALTER TABLE class_session DROP CONSTRAINT class_session_site_free;
--> statement-breakpoint
ALTER TABLE class_session ADD CONSTRAINT class_session_site_free
  EXCLUDE USING gist (academy_id WITH =, site_id WITH =, int4range(first_station, last_station, '[]') WITH &&,
    tstzrange(starts_at, ends_at) WITH &&)
  WHERE (status = 'planned' AND holds_site AND site_id IS NOT NULL);
