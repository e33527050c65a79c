CREATE TABLE "tally" (
	"academy_id" uuid NOT NULL,
	"year" integer NOT NULL,
	"version" uuid NOT NULL,
	"counted_by" text NOT NULL,
	"counted_at" timestamp with time zone NOT NULL,
	"holds_from" date,
	"holds_until" date,
	"trained" integer NOT NULL,
	"trained_times" integer NOT NULL,
	"trained_online_only" integer NOT NULL,
	"trained_uncategorised" integer NOT NULL,
	"practical" integer NOT NULL,
	"practical_times" integer NOT NULL,
	"entitled" integer NOT NULL,
	"assessed" integer NOT NULL,
	"absent" integer NOT NULL,
	"assessed_of_trained" integer NOT NULL,
	"certified" integer NOT NULL,
	"certified_of_practical" integer NOT NULL,
	"certified_of_trained" integer NOT NULL,
	"awaiting" integer NOT NULL,
	"awaiting_of_practical" integer NOT NULL,
	"awaiting_of_trained" integer NOT NULL,
	"improved" integer NOT NULL,
	"improved_undeclared" integer NOT NULL,
	"levelled" integer NOT NULL,
	"trained_months" integer[] NOT NULL,
	"practical_months" integer[] NOT NULL,
	"certified_months" integer[] NOT NULL,
	"improved_months" integer[] NOT NULL,
	CONSTRAINT "tally_academy_id_year_pk" PRIMARY KEY("academy_id","year")
);
--> statement-breakpoint
ALTER TABLE "tally" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "tally_mark" (
	"academy_id" uuid NOT NULL,
	"year" integer NOT NULL
);
--> statement-breakpoint
ALTER TABLE "tally_mark" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "tally_member" (
	"academy_id" uuid NOT NULL,
	"year" integer NOT NULL,
	"person_id" uuid NOT NULL,
	"times" integer,
	"practical_times" integer,
	"trained_on" date,
	"practical_on" date,
	"certified_on" date,
	"improved_on" date,
	"online_only" boolean,
	"uncategorised" boolean,
	"entitled" boolean NOT NULL,
	"assessed" boolean NOT NULL,
	"levelled" boolean,
	"unissued" boolean,
	"undeclared" boolean,
	CONSTRAINT "tally_member_academy_id_year_person_id_pk" PRIMARY KEY("academy_id","year","person_id")
);
--> statement-breakpoint
ALTER TABLE "tally_member" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "tally_union" (
	"year" integer NOT NULL,
	"versions" text NOT NULL,
	"trained" integer NOT NULL,
	"practical" integer NOT NULL,
	CONSTRAINT "tally_union_year_versions_pk" PRIMARY KEY("year","versions")
);
--> statement-breakpoint
ALTER TABLE "tally_union" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "tally" ADD CONSTRAINT "tally_academy_id_academy_id_fk" FOREIGN KEY ("academy_id") REFERENCES "public"."academy"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "tally_mark_of" ON "tally_mark" USING btree ("academy_id","year");--> statement-breakpoint
CREATE POLICY "tally_read" ON "tally" AS PERMISSIVE FOR SELECT TO public USING ((select nullif(current_setting('app.role', true), '') in ('provincial_handler', 'provincial_reviewer')) or (select nullif(current_setting('app.purpose', true), '') in ('figures')) or ((select nullif(current_setting('app.role', true), '') in ('academy_admin')) and "tally"."academy_id" = (select nullif(current_setting('app.academy', true), '')::uuid)) or ((select nullif(current_setting('app.role', true), '') in ('sponsor_reviewer')) and "tally"."academy_id" in (select a.id from academy a where a.sponsor_id = (select nullif(current_setting('app.union', true), '')::uuid))));--> statement-breakpoint
CREATE POLICY "tally_insert" ON "tally" AS PERMISSIVE FOR INSERT TO public WITH CHECK ((select nullif(current_setting('app.purpose', true), '') in ('figures')));--> statement-breakpoint
CREATE POLICY "tally_update" ON "tally" AS PERMISSIVE FOR UPDATE TO public USING ((select nullif(current_setting('app.purpose', true), '') in ('figures'))) WITH CHECK ((select nullif(current_setting('app.purpose', true), '') in ('figures')));--> statement-breakpoint
CREATE POLICY "tally_remove" ON "tally" AS PERMISSIVE FOR DELETE TO public USING ((select nullif(current_setting('app.purpose', true), '') in ('figures')));--> statement-breakpoint
CREATE POLICY "tally_mark_read" ON "tally_mark" AS PERMISSIVE FOR SELECT TO public USING ((select nullif(current_setting('app.purpose', true), '') in ('figures')));--> statement-breakpoint
CREATE POLICY "tally_mark_insert" ON "tally_mark" AS PERMISSIVE FOR INSERT TO public WITH CHECK ((select nullif(current_setting('app.purpose', true), '') in ('figures')));--> statement-breakpoint
CREATE POLICY "tally_mark_remove" ON "tally_mark" AS PERMISSIVE FOR DELETE TO public USING ((select nullif(current_setting('app.purpose', true), '') in ('figures')));--> statement-breakpoint
CREATE POLICY "tally_member_read" ON "tally_member" AS PERMISSIVE FOR SELECT TO public USING ((select nullif(current_setting('app.role', true), '') in ('provincial_handler', 'provincial_reviewer')) or (select nullif(current_setting('app.purpose', true), '') in ('figures')) or ((select nullif(current_setting('app.role', true), '') in ('academy_admin')) and "tally_member"."academy_id" = (select nullif(current_setting('app.academy', true), '')::uuid)) or ((select nullif(current_setting('app.role', true), '') in ('sponsor_reviewer')) and "tally_member"."academy_id" in (select a.id from academy a where a.sponsor_id = (select nullif(current_setting('app.union', true), '')::uuid))));--> statement-breakpoint
CREATE POLICY "tally_member_insert" ON "tally_member" AS PERMISSIVE FOR INSERT TO public WITH CHECK ((select nullif(current_setting('app.purpose', true), '') in ('figures')));--> statement-breakpoint
CREATE POLICY "tally_member_update" ON "tally_member" AS PERMISSIVE FOR UPDATE TO public USING ((select nullif(current_setting('app.purpose', true), '') in ('figures'))) WITH CHECK ((select nullif(current_setting('app.purpose', true), '') in ('figures')));--> statement-breakpoint
CREATE POLICY "tally_member_remove" ON "tally_member" AS PERMISSIVE FOR DELETE TO public USING ((select nullif(current_setting('app.purpose', true), '') in ('figures')));--> statement-breakpoint
CREATE POLICY "tally_union_read" ON "tally_union" AS PERMISSIVE FOR SELECT TO public USING ((select nullif(current_setting('app.purpose', true), '') in ('figures')));--> statement-breakpoint
CREATE POLICY "tally_union_insert" ON "tally_union" AS PERMISSIVE FOR INSERT TO public WITH CHECK ((select nullif(current_setting('app.purpose', true), '') in ('figures')));--> statement-breakpoint
CREATE POLICY "tally_union_update" ON "tally_union" AS PERMISSIVE FOR UPDATE TO public USING ((select nullif(current_setting('app.purpose', true), '') in ('figures'))) WITH CHECK ((select nullif(current_setting('app.purpose', true), '') in ('figures')));--> statement-breakpoint
CREATE POLICY "tally_union_remove" ON "tally_union" AS PERMISSIVE FOR DELETE TO public USING ((select nullif(current_setting('app.purpose', true), '') in ('figures')));