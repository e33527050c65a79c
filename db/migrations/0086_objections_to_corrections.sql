DROP INDEX "attendance_objection_once";--> statement-breakpoint
ALTER TABLE "attendance_objection" ADD COLUMN "corrected_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "attendance_objection" ADD CONSTRAINT "attendance_objection_once" UNIQUE NULLS NOT DISTINCT("academy_id","session_id","enrolment_id","corrected_at");