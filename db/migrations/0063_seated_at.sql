ALTER TABLE "enrolment" ADD COLUMN "seated_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "enrolment" ADD CONSTRAINT "enrolment_seated" CHECK ("enrolment"."seated_at" is null or "enrolment"."seat" = 'enrolled');
--> statement-breakpoint
-- Since when those who sit in a class run here have sat there: the trail knows; whoever came before the trail, since the place
-- was made. Row-level security holds for the owner as well: the province's handler reads the trail and mends places.
SELECT set_config('app.role', 'provincial_handler', true);
--> statement-breakpoint
UPDATE enrolment e SET seated_at = s.at FROM (
  SELECT o.academy_id, o.id, coalesce(max(a.at), o.created_at) AS at FROM enrolment o
  JOIN class c ON c.academy_id = o.academy_id AND c.id = o.class_id AND c.origin = 'system'
  LEFT JOIN audit_event a ON a.academy_id = o.academy_id AND a.subject_id = o.id AND a.kind = 'seat.enrolled'
  WHERE o.seat = 'enrolled' GROUP BY o.academy_id, o.id, o.created_at) s
WHERE e.academy_id = s.academy_id AND e.id = s.id;
--> statement-breakpoint
SELECT set_config('app.role', '', true);
