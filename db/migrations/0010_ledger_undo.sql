CREATE TABLE "ledger_undo" (
	"academy_id" uuid NOT NULL,
	"import_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"state" text NOT NULL,
	"step" text,
	"attempts" integer DEFAULT 0 NOT NULL,
	"wait_until" timestamp with time zone,
	"removed" integer,
	"restored" integer,
	"asked_at" timestamp with time zone NOT NULL,
	"ended_at" timestamp with time zone,
	CONSTRAINT "ledger_undo_academy_id_import_id_pk" PRIMARY KEY("academy_id","import_id"),
	CONSTRAINT "ledger_undo_state" CHECK ("ledger_undo"."state" in ('waiting', 'done', 'refused', 'failed')),
	CONSTRAINT "ledger_undo_step" CHECK ("ledger_undo"."step" is null or "ledger_undo"."step" in ('looking', 'results', 'enrolments', 'persons'))
);
--> statement-breakpoint
ALTER TABLE "ledger_undo" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "ledger_undo" ADD CONSTRAINT "ledger_undo_academy_id_academy_id_fk" FOREIGN KEY ("academy_id") REFERENCES "public"."academy"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ledger_undo" ADD CONSTRAINT "ledger_undo_import_id_ledger_import_id_fk" FOREIGN KEY ("import_id") REFERENCES "public"."ledger_import"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ledger_undo" ADD CONSTRAINT "ledger_undo_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "ledger_undo_waiting" ON "ledger_undo" USING btree ("asked_at") WHERE "ledger_undo"."state" = 'waiting';--> statement-breakpoint
CREATE POLICY "ledger_undo_read" ON "ledger_undo" AS PERMISSIVE FOR SELECT TO public USING ((select nullif(current_setting('app.purpose', true), '') in ('ledger')) or ((select nullif(current_setting('app.role', true), '') in ('academy_admin')) and "ledger_undo"."academy_id" = (select nullif(current_setting('app.academy', true), '')::uuid)));--> statement-breakpoint
CREATE POLICY "ledger_undo_insert" ON "ledger_undo" AS PERMISSIVE FOR INSERT TO public WITH CHECK (((select nullif(current_setting('app.role', true), '') in ('academy_admin')) and "ledger_undo"."academy_id" = (select nullif(current_setting('app.academy', true), '')::uuid)));--> statement-breakpoint
CREATE POLICY "ledger_undo_update" ON "ledger_undo" AS PERMISSIVE FOR UPDATE TO public USING ((select nullif(current_setting('app.purpose', true), '') in ('ledger')) or ((select nullif(current_setting('app.role', true), '') in ('academy_admin')) and "ledger_undo"."academy_id" = (select nullif(current_setting('app.academy', true), '')::uuid))) WITH CHECK ((select nullif(current_setting('app.purpose', true), '') in ('ledger')) or ((select nullif(current_setting('app.role', true), '') in ('academy_admin')) and "ledger_undo"."academy_id" = (select nullif(current_setting('app.academy', true), '')::uuid)));