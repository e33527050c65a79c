CREATE TABLE "class_file" (
	"academy_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"class_id" uuid NOT NULL,
	"part" text NOT NULL,
	"name" text NOT NULL,
	"kind" text NOT NULL,
	"bytes" integer NOT NULL,
	"digest" "bytea" NOT NULL,
	"added_by" uuid NOT NULL,
	"added_at" timestamp with time zone NOT NULL,
	"removed_by" uuid,
	"removed_at" timestamp with time zone,
	"removed_because" text,
	CONSTRAINT "class_file_academy_id_id_pk" PRIMARY KEY("academy_id","id"),
	CONSTRAINT "class_file_part" CHECK ("class_file"."part" in ('notice', 'timetable', 'sign_in', 'photographs', 'papers', 'scores', 'receipts')),
	CONSTRAINT "class_file_kind" CHECK ("class_file"."kind" in ('pdf', 'jpg', 'png', 'webp', 'docx', 'xlsx')),
	CONSTRAINT "class_file_bytes" CHECK ("class_file"."bytes" > 0 and length("class_file"."digest") = 32),
	CONSTRAINT "class_file_name" CHECK (char_length("class_file"."name") between 1 and 130),
	CONSTRAINT "class_file_removed" CHECK (("class_file"."removed_at" is null) = ("class_file"."removed_by" is null) and ("class_file"."removed_at" is null) = ("class_file"."removed_because" is null))
);
--> statement-breakpoint
ALTER TABLE "class_file" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "class_file" ADD CONSTRAINT "class_file_academy_id_class_id_class_academy_id_id_fk" FOREIGN KEY ("academy_id","class_id") REFERENCES "public"."class"("academy_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "class_file_class" ON "class_file" USING btree ("academy_id","class_id");--> statement-breakpoint
CREATE UNIQUE INDEX "class_file_once" ON "class_file" USING btree ("academy_id","class_id","part","digest") WHERE "class_file"."removed_at" is null;--> statement-breakpoint
CREATE POLICY "class_file_read" ON "class_file" AS PERMISSIVE FOR SELECT TO public USING ((select nullif(current_setting('app.role', true), '') in ('provincial_handler', 'provincial_reviewer')) or ((select nullif(current_setting('app.role', true), '') in ('academy_admin')) and "class_file"."academy_id" = (select nullif(current_setting('app.academy', true), '')::uuid)) or ((select nullif(current_setting('app.role', true), '') in ('sponsor_reviewer')) and "class_file"."academy_id" in (select sponsored_academies())) or ((select nullif(current_setting('app.role', true), '') in ('instructor')) and "class_file"."class_id" in (select own_classes())));--> statement-breakpoint
CREATE POLICY "class_file_insert" ON "class_file" AS PERMISSIVE FOR INSERT TO public WITH CHECK (("class_file"."added_by" = (select nullif(current_setting('app.account', true), '')::uuid) and "class_file"."removed_at" is null and (((select nullif(current_setting('app.role', true), '') in ('academy_admin')) and "class_file"."academy_id" = (select nullif(current_setting('app.academy', true), '')::uuid)) or ((select nullif(current_setting('app.role', true), '') in ('instructor')) and "class_file"."class_id" in (select own_classes())))));--> statement-breakpoint
CREATE POLICY "class_file_update" ON "class_file" AS PERMISSIVE FOR UPDATE TO public USING (((select nullif(current_setting('app.role', true), '') in ('academy_admin')) and "class_file"."academy_id" = (select nullif(current_setting('app.academy', true), '')::uuid)) or ((select nullif(current_setting('app.role', true), '') in ('instructor')) and "class_file"."class_id" in (select own_classes()))) WITH CHECK (("class_file"."removed_by" = (select nullif(current_setting('app.account', true), '')::uuid) and (((select nullif(current_setting('app.role', true), '') in ('academy_admin')) and "class_file"."academy_id" = (select nullif(current_setting('app.academy', true), '')::uuid)) or ((select nullif(current_setting('app.role', true), '') in ('instructor')) and "class_file"."class_id" in (select own_classes())))));