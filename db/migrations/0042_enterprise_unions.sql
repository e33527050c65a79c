CREATE TABLE "enterprise" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "enterprise_name_unique" UNIQUE("name")
);
--> statement-breakpoint
ALTER TABLE "enterprise" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "enterprise_worker" (
	"enterprise_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"name" text NOT NULL,
	"document_sealed" "bytea" NOT NULL,
	"phone_sealed" "bytea",
	"added_by" uuid NOT NULL,
	"added_at" timestamp with time zone NOT NULL,
	"left_at" timestamp with time zone,
	CONSTRAINT "enterprise_worker_enterprise_id_id_pk" PRIMARY KEY("enterprise_id","id")
);
--> statement-breakpoint
ALTER TABLE "enterprise_worker" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "account" DROP CONSTRAINT "account_role";--> statement-breakpoint
ALTER TABLE "account" ADD COLUMN "enterprise_id" uuid;--> statement-breakpoint
ALTER TABLE "enrolment" ADD COLUMN "enterprise_id" uuid;--> statement-breakpoint
ALTER TABLE "enterprise_worker" ADD CONSTRAINT "enterprise_worker_enterprise_id_enterprise_id_fk" FOREIGN KEY ("enterprise_id") REFERENCES "public"."enterprise"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "enterprise_worker" ADD CONSTRAINT "enterprise_worker_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "enterprise_worker" ADD CONSTRAINT "enterprise_worker_added_by_account_id_fk" FOREIGN KEY ("added_by") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "enterprise_worker_once" ON "enterprise_worker" USING btree ("enterprise_id","person_id");--> statement-breakpoint
CREATE INDEX "enterprise_worker_person" ON "enterprise_worker" USING btree ("person_id");--> statement-breakpoint
ALTER TABLE "account" ADD CONSTRAINT "account_enterprise_id_enterprise_id_fk" FOREIGN KEY ("enterprise_id") REFERENCES "public"."enterprise"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "enrolment" ADD CONSTRAINT "enrolment_enterprise_id_enterprise_id_fk" FOREIGN KEY ("enterprise_id") REFERENCES "public"."enterprise"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "enrolment_enterprise" ON "enrolment" USING btree ("enterprise_id") WHERE "enrolment"."enterprise_id" is not null;--> statement-breakpoint
ALTER TABLE "account" ADD CONSTRAINT "account_enterprise" CHECK (("account"."enterprise_id" is not null) = ("account"."role" = 'enterprise_union'));--> statement-breakpoint
ALTER TABLE "account" ADD CONSTRAINT "account_role" CHECK ("account"."role" in ('worker', 'instructor', 'academy_admin', 'enterprise_union', 'sponsor_reviewer', 'provincial_handler', 'provincial_reviewer', 'operator'));--> statement-breakpoint
CREATE POLICY "enterprise_read" ON "enterprise" AS PERMISSIVE FOR SELECT TO public USING ((select nullif(current_setting('app.purpose', true), '') in ('setup', 'seats')) or ((select nullif(current_setting('app.role', true), '') in ('enterprise_union')) and "enterprise"."id" = (select a.enterprise_id from account a where a.id = (select nullif(current_setting('app.account', true), '')::uuid))));--> statement-breakpoint
CREATE POLICY "enterprise_insert" ON "enterprise" AS PERMISSIVE FOR INSERT TO public WITH CHECK ((select nullif(current_setting('app.purpose', true), '') in ('setup')));--> statement-breakpoint
CREATE POLICY "enterprise_worker_read" ON "enterprise_worker" AS PERMISSIVE FOR SELECT TO public USING (((select nullif(current_setting('app.role', true), '') in ('enterprise_union')) and "enterprise_worker"."enterprise_id" = (select a.enterprise_id from account a where a.id = (select nullif(current_setting('app.account', true), '')::uuid))));--> statement-breakpoint
CREATE POLICY "enterprise_worker_insert" ON "enterprise_worker" AS PERMISSIVE FOR INSERT TO public WITH CHECK (((select nullif(current_setting('app.role', true), '') in ('enterprise_union')) and "enterprise_worker"."enterprise_id" = (select a.enterprise_id from account a where a.id = (select nullif(current_setting('app.account', true), '')::uuid))));--> statement-breakpoint
CREATE POLICY "enterprise_worker_update" ON "enterprise_worker" AS PERMISSIVE FOR UPDATE TO public USING (((select nullif(current_setting('app.role', true), '') in ('enterprise_union')) and "enterprise_worker"."enterprise_id" = (select a.enterprise_id from account a where a.id = (select nullif(current_setting('app.account', true), '')::uuid)))) WITH CHECK (((select nullif(current_setting('app.role', true), '') in ('enterprise_union')) and "enterprise_worker"."enterprise_id" = (select a.enterprise_id from account a where a.id = (select nullif(current_setting('app.account', true), '')::uuid))));--> statement-breakpoint
ALTER POLICY "enrolment_read" ON "enrolment" TO public USING ((select nullif(current_setting('app.role', true), '') in ('provincial_handler', 'provincial_reviewer')) or (select nullif(current_setting('app.purpose', true), '') in ('seats', 'credit', 'ledger', 'figures', 'attendance')) or "enrolment"."account_id" = (select nullif(current_setting('app.account', true), '')::uuid) or "enrolment"."person_id" = (select nullif(current_setting('app.person', true), '')::uuid) or ((select nullif(current_setting('app.role', true), '') in ('academy_admin')) and "enrolment"."academy_id" = (select nullif(current_setting('app.academy', true), '')::uuid)) or ((select nullif(current_setting('app.role', true), '') in ('sponsor_reviewer')) and "enrolment"."academy_id" in (select a.id from academy a where a.sponsor_id = (select nullif(current_setting('app.union', true), '')::uuid))) or ((select nullif(current_setting('app.role', true), '') in ('instructor')) and "enrolment"."class_id" in (select cs.class_id from class_staff cs where cs.account_id = (select nullif(current_setting('app.account', true), '')::uuid))) or ((select nullif(current_setting('app.role', true), '') in ('enterprise_union')) and "enrolment"."enterprise_id" = (select a.enterprise_id from account a where a.id = (select nullif(current_setting('app.account', true), '')::uuid))));