CREATE TABLE "attendance_evidence" (
	"academy_id" uuid NOT NULL,
	"entry_id" uuid NOT NULL,
	"file_id" uuid NOT NULL,
	"class_id" uuid NOT NULL,
	CONSTRAINT "attendance_evidence_academy_id_entry_id_file_id_pk" PRIMARY KEY("academy_id","entry_id","file_id")
);
--> statement-breakpoint
ALTER TABLE "attendance_evidence" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "class_file_session" (
	"academy_id" uuid NOT NULL,
	"session_id" uuid NOT NULL,
	"file_id" uuid NOT NULL,
	"class_id" uuid NOT NULL,
	"added_by" uuid NOT NULL,
	"added_at" timestamp with time zone NOT NULL,
	CONSTRAINT "class_file_session_academy_id_session_id_file_id_pk" PRIMARY KEY("academy_id","session_id","file_id")
);
--> statement-breakpoint
ALTER TABLE "class_file_session" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "attendance_evidence" ADD CONSTRAINT "attendance_evidence_academy_id_entry_id_attendance_entry_academy_id_id_fk" FOREIGN KEY ("academy_id","entry_id") REFERENCES "public"."attendance_entry"("academy_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "attendance_evidence" ADD CONSTRAINT "attendance_evidence_academy_id_file_id_class_file_academy_id_id_fk" FOREIGN KEY ("academy_id","file_id") REFERENCES "public"."class_file"("academy_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "class_file_session" ADD CONSTRAINT "class_file_session_academy_id_session_id_class_session_academy_id_id_fk" FOREIGN KEY ("academy_id","session_id") REFERENCES "public"."class_session"("academy_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "class_file_session" ADD CONSTRAINT "class_file_session_academy_id_file_id_class_file_academy_id_id_fk" FOREIGN KEY ("academy_id","file_id") REFERENCES "public"."class_file"("academy_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "attendance_evidence_file" ON "attendance_evidence" USING btree ("academy_id","file_id");--> statement-breakpoint
CREATE POLICY "attendance_evidence_read" ON "attendance_evidence" AS PERMISSIVE FOR SELECT TO public USING ((select nullif(current_setting('app.role', true), '') in ('provincial_handler', 'provincial_reviewer')) or ((select nullif(current_setting('app.role', true), '') in ('academy_admin')) and "attendance_evidence"."academy_id" = (select nullif(current_setting('app.academy', true), '')::uuid)) or ((select nullif(current_setting('app.role', true), '') in ('sponsor_reviewer')) and "attendance_evidence"."academy_id" in (select sponsored_academies())) or ((select nullif(current_setting('app.role', true), '') in ('instructor')) and "attendance_evidence"."class_id" in (select own_classes())));--> statement-breakpoint
CREATE POLICY "attendance_evidence_insert" ON "attendance_evidence" AS PERMISSIVE FOR INSERT TO public WITH CHECK (((select nullif(current_setting('app.role', true), '') in ('academy_admin')) and "attendance_evidence"."academy_id" = (select nullif(current_setting('app.academy', true), '')::uuid)) or ((select nullif(current_setting('app.role', true), '') in ('instructor')) and "attendance_evidence"."class_id" in (select own_classes())));--> statement-breakpoint
CREATE POLICY "class_file_session_read" ON "class_file_session" AS PERMISSIVE FOR SELECT TO public USING ((select nullif(current_setting('app.role', true), '') in ('provincial_handler', 'provincial_reviewer')) or ((select nullif(current_setting('app.role', true), '') in ('academy_admin')) and "class_file_session"."academy_id" = (select nullif(current_setting('app.academy', true), '')::uuid)) or ((select nullif(current_setting('app.role', true), '') in ('sponsor_reviewer')) and "class_file_session"."academy_id" in (select sponsored_academies())) or ((select nullif(current_setting('app.role', true), '') in ('instructor')) and "class_file_session"."class_id" in (select own_classes())));--> statement-breakpoint
CREATE POLICY "class_file_session_insert" ON "class_file_session" AS PERMISSIVE FOR INSERT TO public WITH CHECK (("class_file_session"."added_by" = (select nullif(current_setting('app.account', true), '')::uuid) and (((select nullif(current_setting('app.role', true), '') in ('academy_admin')) and "class_file_session"."academy_id" = (select nullif(current_setting('app.academy', true), '')::uuid)) or ((select nullif(current_setting('app.role', true), '') in ('instructor')) and "class_file_session"."class_id" in (select own_classes())))));