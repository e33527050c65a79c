CREATE TABLE "proposed_result" (
	"academy_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"enrolment_id" uuid NOT NULL,
	"assessed_on" date NOT NULL,
	"result" text NOT NULL,
	"theory_score" numeric(4, 1),
	"practical_score" numeric(4, 1),
	"corrects" text,
	"reason" text,
	"state" text NOT NULL,
	"proposed_by" uuid NOT NULL,
	"proposed_at" timestamp with time zone NOT NULL,
	"decided_by" uuid,
	"decided_at" timestamp with time zone,
	"returned_because" text,
	CONSTRAINT "proposed_result_academy_id_id_pk" PRIMARY KEY("academy_id","id"),
	CONSTRAINT "proposed_result_result" CHECK ("proposed_result"."result" in ('passed', 'failed', 'absent')),
	CONSTRAINT "proposed_result_state" CHECK ("proposed_result"."state" in ('open', 'confirmed', 'returned', 'replaced')),
	CONSTRAINT "proposed_result_scores" CHECK ("proposed_result"."theory_score" between 0 and 100 and "proposed_result"."practical_score" between 0 and 100),
	CONSTRAINT "proposed_result_passed" CHECK ("proposed_result"."result" <> 'passed' or (coalesce("proposed_result"."theory_score", 60) >= 60 and coalesce("proposed_result"."practical_score", 60) >= 60)),
	CONSTRAINT "proposed_result_absent" CHECK ("proposed_result"."result" <> 'absent' or ("proposed_result"."theory_score" is null and "proposed_result"."practical_score" is null)),
	CONSTRAINT "proposed_result_corrects" CHECK (("proposed_result"."corrects" is null) = ("proposed_result"."reason" is null)),
	CONSTRAINT "proposed_result_decided" CHECK (("proposed_result"."state" = 'open') = ("proposed_result"."decided_by" is null) and ("proposed_result"."decided_by" is null) = ("proposed_result"."decided_at" is null)),
	CONSTRAINT "proposed_result_by_another" CHECK ("proposed_result"."state" <> 'confirmed' or "proposed_result"."decided_by" <> "proposed_result"."proposed_by")
);
--> statement-breakpoint
ALTER TABLE "proposed_result" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "assessment" ALTER COLUMN "theory_score" SET DATA TYPE numeric(4, 1);--> statement-breakpoint
ALTER TABLE "assessment" ALTER COLUMN "practical_score" SET DATA TYPE numeric(4, 1);--> statement-breakpoint
ALTER TABLE "proposed_result" ADD CONSTRAINT "proposed_result_proposed_by_account_id_fk" FOREIGN KEY ("proposed_by") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "proposed_result" ADD CONSTRAINT "proposed_result_decided_by_account_id_fk" FOREIGN KEY ("decided_by") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "proposed_result" ADD CONSTRAINT "proposed_result_academy_id_enrolment_id_enrolment_academy_id_id_fk" FOREIGN KEY ("academy_id","enrolment_id") REFERENCES "public"."enrolment"("academy_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "proposed_result_once" ON "proposed_result" USING btree ("academy_id","enrolment_id","assessed_on") WHERE "proposed_result"."state" = 'open';--> statement-breakpoint
CREATE INDEX "proposed_result_enrolment" ON "proposed_result" USING btree ("academy_id","enrolment_id");--> statement-breakpoint
CREATE POLICY "proposed_result_read" ON "proposed_result" AS PERMISSIVE FOR SELECT TO public USING ((select nullif(current_setting('app.role', true), '') in ('provincial_handler', 'provincial_reviewer')) or (select nullif(current_setting('app.purpose', true), '') in ('ledger')) or ((select nullif(current_setting('app.role', true), '') in ('academy_admin')) and "proposed_result"."academy_id" = (select nullif(current_setting('app.academy', true), '')::uuid)) or ((select nullif(current_setting('app.role', true), '') in ('sponsor_reviewer')) and "proposed_result"."academy_id" in (select a.id from academy a where a.sponsor_id = (select nullif(current_setting('app.union', true), '')::uuid))));--> statement-breakpoint
CREATE POLICY "proposed_result_insert" ON "proposed_result" AS PERMISSIVE FOR INSERT TO public WITH CHECK ((((select nullif(current_setting('app.role', true), '') in ('academy_admin')) and "proposed_result"."academy_id" = (select nullif(current_setting('app.academy', true), '')::uuid)) and "proposed_result"."proposed_by" = (select nullif(current_setting('app.account', true), '')::uuid)));--> statement-breakpoint
CREATE POLICY "proposed_result_update" ON "proposed_result" AS PERMISSIVE FOR UPDATE TO public USING (((select nullif(current_setting('app.role', true), '') in ('academy_admin')) and "proposed_result"."academy_id" = (select nullif(current_setting('app.academy', true), '')::uuid))) WITH CHECK ((((select nullif(current_setting('app.role', true), '') in ('academy_admin')) and "proposed_result"."academy_id" = (select nullif(current_setting('app.academy', true), '')::uuid)) and "proposed_result"."decided_by" = (select nullif(current_setting('app.account', true), '')::uuid)));--> statement-breakpoint
ALTER POLICY "assessment_insert" ON "assessment" TO public WITH CHECK ((select nullif(current_setting('app.purpose', true), '') in ('ledger')) or (((select nullif(current_setting('app.role', true), '') in ('academy_admin')) and "assessment"."academy_id" = (select nullif(current_setting('app.academy', true), '')::uuid)) and exists (select 1 from proposed_result p
    where p.academy_id = "assessment"."academy_id" and p.enrolment_id = "assessment"."enrolment_id" and p.assessed_on = "assessment"."assessed_on"
      and p.result = "assessment"."result" and p.theory_score is not distinct from "assessment"."theory_score"
      and p.practical_score is not distinct from "assessment"."practical_score"
      and p.state = 'open' and p.proposed_by <> (select nullif(current_setting('app.account', true), '')::uuid)
      and not exists (select 1 from enrolment e join class_staff cs on cs.academy_id = e.academy_id and cs.class_id = e.class_id
        where e.academy_id = p.academy_id and e.id = p.enrolment_id and cs.account_id = (select nullif(current_setting('app.account', true), '')::uuid)))));--> statement-breakpoint
ALTER POLICY "assessment_update" ON "assessment" TO public USING ((select nullif(current_setting('app.role', true), '') in ('provincial_handler')) or (select nullif(current_setting('app.purpose', true), '') in ('ledger')) or ((select nullif(current_setting('app.role', true), '') in ('academy_admin')) and "assessment"."academy_id" = (select nullif(current_setting('app.academy', true), '')::uuid))) WITH CHECK ((select nullif(current_setting('app.role', true), '') in ('provincial_handler')) or (select nullif(current_setting('app.purpose', true), '') in ('ledger')) or (((select nullif(current_setting('app.role', true), '') in ('academy_admin')) and "assessment"."academy_id" = (select nullif(current_setting('app.academy', true), '')::uuid)) and exists (select 1 from proposed_result p
    where p.academy_id = "assessment"."academy_id" and p.enrolment_id = "assessment"."enrolment_id" and p.assessed_on = "assessment"."assessed_on"
      and p.result = "assessment"."result" and p.theory_score is not distinct from "assessment"."theory_score"
      and p.practical_score is not distinct from "assessment"."practical_score"
      and p.state = 'open' and p.proposed_by <> (select nullif(current_setting('app.account', true), '')::uuid)
      and not exists (select 1 from enrolment e join class_staff cs on cs.academy_id = e.academy_id and cs.class_id = e.class_id
        where e.academy_id = p.academy_id and e.id = p.enrolment_id and cs.account_id = (select nullif(current_setting('app.account', true), '')::uuid)))));