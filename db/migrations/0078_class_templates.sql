CREATE TABLE "class_template" (
	"academy_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"name" text NOT NULL,
	"fields" jsonb NOT NULL,
	"made_by" uuid NOT NULL,
	"made_at" timestamp with time zone NOT NULL,
	CONSTRAINT "class_template_academy_id_id_pk" PRIMARY KEY("academy_id","id"),
	CONSTRAINT "class_template_name" UNIQUE("academy_id","name"),
	CONSTRAINT "class_template_named" CHECK (char_length("class_template"."name") between 1 and 60)
);
--> statement-breakpoint
ALTER TABLE "class_template" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "class_template" ADD CONSTRAINT "class_template_academy_id_academy_id_fk" FOREIGN KEY ("academy_id") REFERENCES "public"."academy"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE POLICY "class_template_read" ON "class_template" AS PERMISSIVE FOR SELECT TO public USING (((select nullif(current_setting('app.role', true), '') in ('academy_admin')) and "class_template"."academy_id" = (select nullif(current_setting('app.academy', true), '')::uuid)));--> statement-breakpoint
CREATE POLICY "class_template_insert" ON "class_template" AS PERMISSIVE FOR INSERT TO public WITH CHECK (((select nullif(current_setting('app.role', true), '') in ('academy_admin')) and "class_template"."academy_id" = (select nullif(current_setting('app.academy', true), '')::uuid)));--> statement-breakpoint
CREATE POLICY "class_template_remove" ON "class_template" AS PERMISSIVE FOR DELETE TO public USING (((select nullif(current_setting('app.role', true), '') in ('academy_admin')) and "class_template"."academy_id" = (select nullif(current_setting('app.academy', true), '')::uuid)));