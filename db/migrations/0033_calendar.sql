CREATE TABLE "calendar_event" (
	"academy_id" uuid NOT NULL,
	"session_id" uuid NOT NULL,
	"class_id" uuid NOT NULL,
	"sequence" integer DEFAULT 0 NOT NULL,
	"digest" "bytea" NOT NULL,
	"title" text NOT NULL,
	"starts_at" timestamp with time zone NOT NULL,
	"ends_at" timestamp with time zone NOT NULL,
	"changed_at" timestamp with time zone NOT NULL,
	CONSTRAINT "calendar_event_academy_id_session_id_pk" PRIMARY KEY("academy_id","session_id"),
	CONSTRAINT "calendar_event_sequence" CHECK ("calendar_event"."sequence" >= 0)
);
--> statement-breakpoint
ALTER TABLE "calendar_event" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "calendar_feed" (
	"account_id" uuid PRIMARY KEY NOT NULL,
	"secret_index" "bytea" NOT NULL,
	"made_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "calendar_feed" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "calendar_event" ADD CONSTRAINT "calendar_event_academy_id_class_id_class_academy_id_id_fk" FOREIGN KEY ("academy_id","class_id") REFERENCES "public"."class"("academy_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "calendar_feed" ADD CONSTRAINT "calendar_feed_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "calendar_event_class" ON "calendar_event" USING btree ("academy_id","class_id");--> statement-breakpoint
CREATE UNIQUE INDEX "calendar_feed_secret" ON "calendar_feed" USING btree ("secret_index");--> statement-breakpoint
CREATE POLICY "calendar_event_read" ON "calendar_event" AS PERMISSIVE FOR SELECT TO public USING ((select nullif(current_setting('app.purpose', true), '') in ('calendar')));--> statement-breakpoint
CREATE POLICY "calendar_event_insert" ON "calendar_event" AS PERMISSIVE FOR INSERT TO public WITH CHECK ((select nullif(current_setting('app.purpose', true), '') in ('calendar')));--> statement-breakpoint
CREATE POLICY "calendar_event_update" ON "calendar_event" AS PERMISSIVE FOR UPDATE TO public USING ((select nullif(current_setting('app.purpose', true), '') in ('calendar'))) WITH CHECK ((select nullif(current_setting('app.purpose', true), '') in ('calendar')));--> statement-breakpoint
CREATE POLICY "calendar_feed_read" ON "calendar_feed" AS PERMISSIVE FOR SELECT TO public USING ((select nullif(current_setting('app.purpose', true), '') in ('calendar')) or "calendar_feed"."account_id" = (select nullif(current_setting('app.account', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "calendar_feed_insert" ON "calendar_feed" AS PERMISSIVE FOR INSERT TO public WITH CHECK ("calendar_feed"."account_id" = (select nullif(current_setting('app.account', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "calendar_feed_update" ON "calendar_feed" AS PERMISSIVE FOR UPDATE TO public USING ("calendar_feed"."account_id" = (select nullif(current_setting('app.account', true), '')::uuid)) WITH CHECK ("calendar_feed"."account_id" = (select nullif(current_setting('app.account', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "calendar_feed_remove" ON "calendar_feed" AS PERMISSIVE FOR DELETE TO public USING ("calendar_feed"."account_id" = (select nullif(current_setting('app.account', true), '')::uuid));--> statement-breakpoint
ALTER POLICY "account_read" ON "account" TO public USING ((select nullif(current_setting('app.purpose', true), '') in ('sign_in', 'register', 'identity', 'setup', 'health', 'delivery', 'calendar')) or "account"."id" = (select nullif(current_setting('app.account', true), '')::uuid) or ((select nullif(current_setting('app.role', true), '') in ('academy_admin')) and "account"."academy_id" = (select nullif(current_setting('app.academy', true), '')::uuid)) or ((select nullif(current_setting('app.role', true), '') in ('provincial_handler')) and "account"."role" = 'worker') or ((select nullif(current_setting('app.purpose', true), '') in ('questions')) and "account"."role" in ('academy_admin', 'instructor')));