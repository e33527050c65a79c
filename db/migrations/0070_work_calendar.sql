CREATE TABLE "work_day" (
	"day" date PRIMARY KEY NOT NULL,
	"year" integer NOT NULL,
	"kind" text NOT NULL,
	"name" text NOT NULL,
	CONSTRAINT "work_day_kind" CHECK ("work_day"."kind" in ('holiday', 'made_up')),
	CONSTRAINT "work_day_name" CHECK (length("work_day"."name") between 1 and 20),
	CONSTRAINT "work_day_within" CHECK (extract(year from "work_day"."day" + 31) = "work_day"."year" or extract(year from "work_day"."day") = "work_day"."year")
);
--> statement-breakpoint
ALTER TABLE "work_day" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "work_year" (
	"year" integer PRIMARY KEY NOT NULL,
	"source" text NOT NULL,
	"set_by" uuid,
	"set_at" timestamp with time zone NOT NULL,
	CONSTRAINT "work_year_year" CHECK ("work_year"."year" between 2000 and 2100),
	CONSTRAINT "work_year_source" CHECK (length("work_year"."source") between 1 and 200)
);
--> statement-breakpoint
ALTER TABLE "work_year" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "work_day" ADD CONSTRAINT "work_day_year_work_year_year_fk" FOREIGN KEY ("year") REFERENCES "public"."work_year"("year") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "work_day_year" ON "work_day" USING btree ("year");--> statement-breakpoint
CREATE POLICY "work_day_read" ON "work_day" AS PERMISSIVE FOR SELECT TO public USING (true);--> statement-breakpoint
CREATE POLICY "work_day_insert" ON "work_day" AS PERMISSIVE FOR INSERT TO public WITH CHECK ((select nullif(current_setting('app.role', true), '') in ('provincial_handler')) or (select nullif(current_setting('app.purpose', true), '') in ('setup')));--> statement-breakpoint
CREATE POLICY "work_day_update" ON "work_day" AS PERMISSIVE FOR UPDATE TO public USING ((select nullif(current_setting('app.role', true), '') in ('provincial_handler')) or (select nullif(current_setting('app.purpose', true), '') in ('setup'))) WITH CHECK ((select nullif(current_setting('app.role', true), '') in ('provincial_handler')) or (select nullif(current_setting('app.purpose', true), '') in ('setup')));--> statement-breakpoint
CREATE POLICY "work_day_remove" ON "work_day" AS PERMISSIVE FOR DELETE TO public USING ((select nullif(current_setting('app.role', true), '') in ('provincial_handler')) or (select nullif(current_setting('app.purpose', true), '') in ('setup')));--> statement-breakpoint
CREATE POLICY "work_year_read" ON "work_year" AS PERMISSIVE FOR SELECT TO public USING (true);--> statement-breakpoint
CREATE POLICY "work_year_insert" ON "work_year" AS PERMISSIVE FOR INSERT TO public WITH CHECK ((select nullif(current_setting('app.role', true), '') in ('provincial_handler')) or (select nullif(current_setting('app.purpose', true), '') in ('setup')));--> statement-breakpoint
CREATE POLICY "work_year_update" ON "work_year" AS PERMISSIVE FOR UPDATE TO public USING ((select nullif(current_setting('app.role', true), '') in ('provincial_handler')) or (select nullif(current_setting('app.purpose', true), '') in ('setup'))) WITH CHECK ((select nullif(current_setting('app.role', true), '') in ('provincial_handler')) or (select nullif(current_setting('app.purpose', true), '') in ('setup')));--> statement-breakpoint
CREATE POLICY "work_year_remove" ON "work_year" AS PERMISSIVE FOR DELETE TO public USING ((select nullif(current_setting('app.role', true), '') in ('provincial_handler')) or (select nullif(current_setting('app.purpose', true), '') in ('setup')));