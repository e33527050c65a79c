CREATE TABLE "delivery" (
	"id" uuid PRIMARY KEY NOT NULL,
	"notice_id" uuid NOT NULL,
	"channel" text NOT NULL,
	"account_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"academy_id" uuid,
	"state" text DEFAULT 'waiting' NOT NULL,
	"reason" text,
	"attempts" integer DEFAULT 0 NOT NULL,
	"next_at" timestamp with time zone NOT NULL,
	"provider_id" text,
	"created_at" timestamp with time zone NOT NULL,
	"ended_at" timestamp with time zone,
	CONSTRAINT "delivery_channel" CHECK ("delivery"."channel" in ('sms', 'mail')),
	CONSTRAINT "delivery_kind" CHECK ("delivery"."kind" in ('question.asked', 'question.answered', 'seat.enrolled', 'seat.waitlisted', 'seat.offered', 'seat.offer_expired', 'seat.rejected', 'seat.request_expired', 'seat.withdrawn', 'class.cancelled')),
	CONSTRAINT "delivery_state" CHECK ("delivery"."state" in ('waiting', 'failed', 'sent', 'given_up', 'dropped')),
	CONSTRAINT "delivery_reason" CHECK ("delivery"."reason" in ('unreachable', 'timeout', 'busy', 'broken', 'refused', 'login', 'unreadable', 'stopped', 'no_number', 'no_address', 'unwanted', 'disabled', 'read', 'late', 'switched_off')),
	CONSTRAINT "delivery_why" CHECK ("delivery"."state" in ('waiting', 'sent') or "delivery"."reason" is not null),
	CONSTRAINT "delivery_ended" CHECK (("delivery"."ended_at" is null) = ("delivery"."state" in ('waiting', 'failed'))),
	CONSTRAINT "delivery_attempts" CHECK ("delivery"."attempts" >= 0)
);
--> statement-breakpoint
ALTER TABLE "delivery" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "notice_choice" (
	"account_id" uuid PRIMARY KEY NOT NULL,
	"by_sms" boolean NOT NULL,
	"by_mail" boolean NOT NULL,
	"mail_sealed" "bytea",
	"locale" text NOT NULL,
	"chosen_at" timestamp with time zone NOT NULL,
	CONSTRAINT "notice_choice_locale" CHECK ("notice_choice"."locale" in ('zh-CN', 'en')),
	CONSTRAINT "notice_choice_address" CHECK (not "notice_choice"."by_mail" or "notice_choice"."mail_sealed" is not null)
);
--> statement-breakpoint
ALTER TABLE "notice_choice" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "delivery" ADD CONSTRAINT "delivery_notice_id_notice_id_fk" FOREIGN KEY ("notice_id") REFERENCES "public"."notice"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "delivery" ADD CONSTRAINT "delivery_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "delivery" ADD CONSTRAINT "delivery_academy_id_academy_id_fk" FOREIGN KEY ("academy_id") REFERENCES "public"."academy"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notice_choice" ADD CONSTRAINT "notice_choice_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "delivery_once" ON "delivery" USING btree ("notice_id","channel");--> statement-breakpoint
CREATE INDEX "delivery_due" ON "delivery" USING btree ("next_at") WHERE "delivery"."ended_at" is null;--> statement-breakpoint
CREATE INDEX "delivery_troubled" ON "delivery" USING btree ("academy_id","id") WHERE "delivery"."state" in ('failed', 'given_up');--> statement-breakpoint
CREATE POLICY "delivery_read" ON "delivery" AS PERMISSIVE FOR SELECT TO public USING ((select nullif(current_setting('app.purpose', true), '') in ('delivery', 'health')) or ((select nullif(current_setting('app.role', true), '') in ('academy_admin')) and "delivery"."academy_id" = (select nullif(current_setting('app.academy', true), '')::uuid)));--> statement-breakpoint
CREATE POLICY "delivery_insert" ON "delivery" AS PERMISSIVE FOR INSERT TO public WITH CHECK ((select nullif(current_setting('app.purpose', true), '') in ('questions', 'seats')));--> statement-breakpoint
CREATE POLICY "delivery_update" ON "delivery" AS PERMISSIVE FOR UPDATE TO public USING ((select nullif(current_setting('app.purpose', true), '') in ('delivery')) or ((select nullif(current_setting('app.role', true), '') in ('academy_admin')) and "delivery"."academy_id" = (select nullif(current_setting('app.academy', true), '')::uuid))) WITH CHECK ((select nullif(current_setting('app.purpose', true), '') in ('delivery')) or ((select nullif(current_setting('app.role', true), '') in ('academy_admin')) and "delivery"."academy_id" = (select nullif(current_setting('app.academy', true), '')::uuid)));--> statement-breakpoint
CREATE POLICY "notice_choice_read" ON "notice_choice" AS PERMISSIVE FOR SELECT TO public USING ((select nullif(current_setting('app.purpose', true), '') in ('delivery')) or "notice_choice"."account_id" = (select nullif(current_setting('app.account', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "notice_choice_insert" ON "notice_choice" AS PERMISSIVE FOR INSERT TO public WITH CHECK ("notice_choice"."account_id" = (select nullif(current_setting('app.account', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "notice_choice_update" ON "notice_choice" AS PERMISSIVE FOR UPDATE TO public USING ("notice_choice"."account_id" = (select nullif(current_setting('app.account', true), '')::uuid)) WITH CHECK ("notice_choice"."account_id" = (select nullif(current_setting('app.account', true), '')::uuid));--> statement-breakpoint
ALTER POLICY "account_read" ON "account" TO public USING ((select nullif(current_setting('app.purpose', true), '') in ('sign_in', 'register', 'identity', 'setup', 'health', 'delivery')) or "account"."id" = (select nullif(current_setting('app.account', true), '')::uuid) or ((select nullif(current_setting('app.role', true), '') in ('academy_admin')) and "account"."academy_id" = (select nullif(current_setting('app.academy', true), '')::uuid)) or ((select nullif(current_setting('app.role', true), '') in ('provincial_handler')) and "account"."role" = 'worker') or ((select nullif(current_setting('app.purpose', true), '') in ('questions')) and "account"."role" in ('academy_admin', 'instructor')));--> statement-breakpoint
ALTER POLICY "notice_read" ON "notice" TO public USING ((select nullif(current_setting('app.purpose', true), '') in ('sign_in', 'delivery', 'questions', 'seats')) or "notice"."account_id" = (select nullif(current_setting('app.account', true), '')::uuid));