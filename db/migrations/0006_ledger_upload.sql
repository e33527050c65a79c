CREATE TABLE "ledger_mapping" (
	"academy_id" uuid NOT NULL,
	"header" text NOT NULL,
	"field" text NOT NULL,
	"account_id" uuid NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "ledger_mapping_academy_id_header_pk" PRIMARY KEY("academy_id","header")
);
--> statement-breakpoint
ALTER TABLE "ledger_mapping" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "ledger_upload" (
	"academy_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"file_name" text NOT NULL,
	"bytes" bigint NOT NULL,
	"digest" "bytea" NOT NULL,
	"state" text NOT NULL,
	"sheets" jsonb NOT NULL,
	"chosen" jsonb NOT NULL,
	"mapping" jsonb NOT NULL,
	"constants" jsonb NOT NULL,
	"locale" text NOT NULL,
	"valid_only" boolean DEFAULT false NOT NULL,
	"phase" text,
	"rows_read" integer DEFAULT 0 NOT NULL,
	"rows_total" integer,
	"attempts" integer DEFAULT 0 NOT NULL,
	"wait_until" timestamp with time zone,
	"rows" integer,
	"created" integer,
	"corrected" integer,
	"unchanged" integer,
	"rejected" integer,
	"errors" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"warnings" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"corrections_sealed" "bytea",
	"import_id" uuid,
	"uploaded_at" timestamp with time zone NOT NULL,
	"touched_at" timestamp with time zone NOT NULL,
	"removed_at" timestamp with time zone,
	CONSTRAINT "ledger_upload_academy_id_id_pk" PRIMARY KEY("academy_id","id"),
	CONSTRAINT "ledger_upload_state" CHECK ("ledger_upload"."state" in ('uploaded', 'mapped', 'previewed', 'importing', 'done', 'failed', 'cancelled', 'expired'))
);
--> statement-breakpoint
ALTER TABLE "ledger_upload" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "ledger_mapping" ADD CONSTRAINT "ledger_mapping_academy_id_academy_id_fk" FOREIGN KEY ("academy_id") REFERENCES "public"."academy"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ledger_mapping" ADD CONSTRAINT "ledger_mapping_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ledger_upload" ADD CONSTRAINT "ledger_upload_academy_id_academy_id_fk" FOREIGN KEY ("academy_id") REFERENCES "public"."academy"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ledger_upload" ADD CONSTRAINT "ledger_upload_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ledger_upload" ADD CONSTRAINT "ledger_upload_import_id_ledger_import_id_fk" FOREIGN KEY ("import_id") REFERENCES "public"."ledger_import"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "ledger_upload_waiting" ON "ledger_upload" USING btree ("touched_at") WHERE "ledger_upload"."state" in ('mapped', 'importing');--> statement-breakpoint
CREATE INDEX "ledger_upload_kept" ON "ledger_upload" USING btree ("touched_at") WHERE "ledger_upload"."removed_at" is null;--> statement-breakpoint
CREATE INDEX "ledger_upload_import" ON "ledger_upload" USING btree ("import_id");--> statement-breakpoint
CREATE INDEX "ledger_upload_account" ON "ledger_upload" USING btree ("account_id","uploaded_at");--> statement-breakpoint
CREATE POLICY "ledger_mapping_read" ON "ledger_mapping" AS PERMISSIVE FOR SELECT TO public USING ((select nullif(current_setting('app.purpose', true), '') in ('ledger')) or ((select nullif(current_setting('app.role', true), '') in ('academy_admin')) and "ledger_mapping"."academy_id" = (select nullif(current_setting('app.academy', true), '')::uuid)));--> statement-breakpoint
CREATE POLICY "ledger_mapping_insert" ON "ledger_mapping" AS PERMISSIVE FOR INSERT TO public WITH CHECK (((select nullif(current_setting('app.role', true), '') in ('academy_admin')) and "ledger_mapping"."academy_id" = (select nullif(current_setting('app.academy', true), '')::uuid)));--> statement-breakpoint
CREATE POLICY "ledger_mapping_remove" ON "ledger_mapping" AS PERMISSIVE FOR DELETE TO public USING (((select nullif(current_setting('app.role', true), '') in ('academy_admin')) and "ledger_mapping"."academy_id" = (select nullif(current_setting('app.academy', true), '')::uuid)));--> statement-breakpoint
CREATE POLICY "ledger_upload_read" ON "ledger_upload" AS PERMISSIVE FOR SELECT TO public USING ((select nullif(current_setting('app.purpose', true), '') in ('ledger')) or ((select nullif(current_setting('app.role', true), '') in ('academy_admin')) and "ledger_upload"."academy_id" = (select nullif(current_setting('app.academy', true), '')::uuid)));--> statement-breakpoint
CREATE POLICY "ledger_upload_insert" ON "ledger_upload" AS PERMISSIVE FOR INSERT TO public WITH CHECK (((select nullif(current_setting('app.role', true), '') in ('academy_admin')) and "ledger_upload"."academy_id" = (select nullif(current_setting('app.academy', true), '')::uuid)));--> statement-breakpoint
CREATE POLICY "ledger_upload_update" ON "ledger_upload" AS PERMISSIVE FOR UPDATE TO public USING ((select nullif(current_setting('app.purpose', true), '') in ('ledger')) or ((select nullif(current_setting('app.role', true), '') in ('academy_admin')) and "ledger_upload"."academy_id" = (select nullif(current_setting('app.academy', true), '')::uuid))) WITH CHECK ((select nullif(current_setting('app.purpose', true), '') in ('ledger')) or ((select nullif(current_setting('app.role', true), '') in ('academy_admin')) and "ledger_upload"."academy_id" = (select nullif(current_setting('app.academy', true), '')::uuid)));