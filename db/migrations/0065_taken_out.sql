ALTER TABLE "enrolment" DROP CONSTRAINT "enrolment_ending";--> statement-breakpoint
ALTER TABLE "enrolment" DROP CONSTRAINT "enrolment_rejected";--> statement-breakpoint
ALTER TABLE "enrolment" ADD CONSTRAINT "enrolment_ending" CHECK ("enrolment"."seat_ending" in ('left', 'removed', 'declined', 'offer_expired', 'request_expired', 'class_cancelled'));--> statement-breakpoint
ALTER TABLE "enrolment" ADD CONSTRAINT "enrolment_rejected" CHECK ("enrolment"."rejected_because" is null or "enrolment"."seat" = 'rejected' or "enrolment"."seat_ending" is not distinct from 'removed');