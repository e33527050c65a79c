CREATE TABLE "class_plan_affirmed" (
	"academy_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"class_id" uuid NOT NULL,
	"doubts" jsonb NOT NULL,
	"mark" text NOT NULL,
	"reason" text NOT NULL,
	"account_id" uuid NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "class_plan_affirmed_academy_id_id_pk" PRIMARY KEY("academy_id","id"),
	CONSTRAINT "class_plan_affirmed_reason" CHECK (char_length("class_plan_affirmed"."reason") between 2 and 200)
);
--> statement-breakpoint
ALTER TABLE "class_plan_affirmed" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "class_plan_affirmed" ADD CONSTRAINT "class_plan_affirmed_academy_id_class_id_class_academy_id_id_fk" FOREIGN KEY ("academy_id","class_id") REFERENCES "public"."class"("academy_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "class_plan_affirmed_class" ON "class_plan_affirmed" USING btree ("academy_id","class_id","at");--> statement-breakpoint
CREATE POLICY "class_plan_affirmed_read" ON "class_plan_affirmed" AS PERMISSIVE FOR SELECT TO public USING ((select nullif(current_setting('app.role', true), '') in ('provincial_handler', 'provincial_reviewer')) or ((select nullif(current_setting('app.role', true), '') in ('academy_admin')) and "class_plan_affirmed"."academy_id" = (select nullif(current_setting('app.academy', true), '')::uuid)) or ((select nullif(current_setting('app.role', true), '') in ('sponsor_reviewer')) and "class_plan_affirmed"."academy_id" in (select sponsored_academies())));--> statement-breakpoint
CREATE POLICY "class_plan_affirmed_insert" ON "class_plan_affirmed" AS PERMISSIVE FOR INSERT TO public WITH CHECK (("class_plan_affirmed"."account_id" = (select nullif(current_setting('app.account', true), '')::uuid) and ((select nullif(current_setting('app.role', true), '') in ('academy_admin')) and "class_plan_affirmed"."academy_id" = (select nullif(current_setting('app.academy', true), '')::uuid))));