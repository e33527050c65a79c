CREATE TABLE "class_file_none" (
	"academy_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"class_id" uuid NOT NULL,
	"part" text NOT NULL,
	"because" text NOT NULL,
	"said_by" uuid NOT NULL,
	"said_at" timestamp with time zone NOT NULL,
	"ended_by" uuid,
	"ended_at" timestamp with time zone,
	CONSTRAINT "class_file_none_academy_id_id_pk" PRIMARY KEY("academy_id","id"),
	CONSTRAINT "class_file_none_part" CHECK ("class_file_none"."part" in ('notice', 'timetable', 'sign_in', 'photographs', 'papers', 'scores', 'receipts')),
	CONSTRAINT "class_file_none_ended" CHECK (("class_file_none"."ended_at" is null) = ("class_file_none"."ended_by" is null))
);
--> statement-breakpoint
ALTER TABLE "class_file_none" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "class_file_none" ADD CONSTRAINT "class_file_none_academy_id_class_id_class_academy_id_id_fk" FOREIGN KEY ("academy_id","class_id") REFERENCES "public"."class"("academy_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "class_file_none_once" ON "class_file_none" USING btree ("academy_id","class_id","part") WHERE "class_file_none"."ended_at" is null;--> statement-breakpoint
CREATE POLICY "class_file_none_read" ON "class_file_none" AS PERMISSIVE FOR SELECT TO public USING ((select nullif(current_setting('app.role', true), '') in ('provincial_handler', 'provincial_reviewer')) or ((select nullif(current_setting('app.role', true), '') in ('academy_admin')) and "class_file_none"."academy_id" = (select nullif(current_setting('app.academy', true), '')::uuid)) or ((select nullif(current_setting('app.role', true), '') in ('sponsor_reviewer')) and "class_file_none"."academy_id" in (select sponsored_academies())) or ((select nullif(current_setting('app.role', true), '') in ('instructor')) and "class_file_none"."class_id" in (select own_classes())));--> statement-breakpoint
CREATE POLICY "class_file_none_insert" ON "class_file_none" AS PERMISSIVE FOR INSERT TO public WITH CHECK (("class_file_none"."said_by" = (select nullif(current_setting('app.account', true), '')::uuid) and (((select nullif(current_setting('app.role', true), '') in ('academy_admin')) and "class_file_none"."academy_id" = (select nullif(current_setting('app.academy', true), '')::uuid)) or ((select nullif(current_setting('app.role', true), '') in ('instructor')) and "class_file_none"."class_id" in (select own_classes())))));--> statement-breakpoint
CREATE POLICY "class_file_none_update" ON "class_file_none" AS PERMISSIVE FOR UPDATE TO public USING (((select nullif(current_setting('app.role', true), '') in ('academy_admin')) and "class_file_none"."academy_id" = (select nullif(current_setting('app.academy', true), '')::uuid)) or ((select nullif(current_setting('app.role', true), '') in ('instructor')) and "class_file_none"."class_id" in (select own_classes()))) WITH CHECK (("class_file_none"."ended_by" = (select nullif(current_setting('app.account', true), '')::uuid) and (((select nullif(current_setting('app.role', true), '') in ('academy_admin')) and "class_file_none"."academy_id" = (select nullif(current_setting('app.academy', true), '')::uuid)) or ((select nullif(current_setting('app.role', true), '') in ('instructor')) and "class_file_none"."class_id" in (select own_classes())))));--> statement-breakpoint
ALTER POLICY "class_file_read" ON "class_file" TO public USING ((select nullif(current_setting('app.role', true), '') in ('provincial_handler', 'provincial_reviewer')) or (select nullif(current_setting('app.purpose', true), '') in ('classfile')) or ((select nullif(current_setting('app.role', true), '') in ('academy_admin')) and "class_file"."academy_id" = (select nullif(current_setting('app.academy', true), '')::uuid)) or ((select nullif(current_setting('app.role', true), '') in ('sponsor_reviewer')) and "class_file"."academy_id" in (select sponsored_academies())) or ((select nullif(current_setting('app.role', true), '') in ('instructor')) and "class_file"."class_id" in (select own_classes())));