CREATE TABLE "academy_choice" (
	"account_id" uuid PRIMARY KEY NOT NULL,
	"chosen_academy_id" uuid NOT NULL,
	"chosen_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "academy_choice" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "academy_choice" ADD CONSTRAINT "academy_choice_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "academy_choice" ADD CONSTRAINT "academy_choice_chosen_academy_id_academy_id_fk" FOREIGN KEY ("chosen_academy_id") REFERENCES "public"."academy"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE POLICY "academy_choice_read" ON "academy_choice" AS PERMISSIVE FOR SELECT TO public USING ("academy_choice"."account_id" = (select nullif(current_setting('app.account', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "academy_choice_insert" ON "academy_choice" AS PERMISSIVE FOR INSERT TO public WITH CHECK ("academy_choice"."account_id" = (select nullif(current_setting('app.account', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "academy_choice_update" ON "academy_choice" AS PERMISSIVE FOR UPDATE TO public USING ("academy_choice"."account_id" = (select nullif(current_setting('app.account', true), '')::uuid)) WITH CHECK ("academy_choice"."account_id" = (select nullif(current_setting('app.account', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "academy_choice_remove" ON "academy_choice" AS PERMISSIVE FOR DELETE TO public USING ("academy_choice"."account_id" = (select nullif(current_setting('app.account', true), '')::uuid));