CREATE TABLE "final_test_attempt" (
	"id" uuid PRIMARY KEY NOT NULL,
	"account_id" uuid NOT NULL,
	"course_slug" text NOT NULL,
	"version" integer NOT NULL,
	"number" smallint NOT NULL,
	"paper" jsonb NOT NULL,
	"started_at" timestamp with time zone NOT NULL,
	"deadline_at" timestamp with time zone NOT NULL,
	"answers" jsonb NOT NULL,
	"saved_at" timestamp with time zone,
	"submitted_at" timestamp with time zone,
	"right_count" smallint,
	"is_passed" boolean,
	"marked" jsonb,
	CONSTRAINT "final_test_attempt_times" CHECK ("final_test_attempt"."deadline_at" > "final_test_attempt"."started_at" and "final_test_attempt"."submitted_at" <= "final_test_attempt"."deadline_at"),
	CONSTRAINT "final_test_attempt_over" CHECK (num_nulls("final_test_attempt"."submitted_at", "final_test_attempt"."right_count", "final_test_attempt"."is_passed", "final_test_attempt"."marked") in (0, 4))
);
--> statement-breakpoint
ALTER TABLE "final_test_attempt" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "final_test_attempt" ADD CONSTRAINT "final_test_attempt_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "final_test_attempt" ADD CONSTRAINT "final_test_attempt_version_fk" FOREIGN KEY ("course_slug","version") REFERENCES "public"."final_test_version"("course_slug","version") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "final_test_attempt_number" ON "final_test_attempt" USING btree ("account_id","course_slug","number");--> statement-breakpoint
CREATE UNIQUE INDEX "final_test_attempt_open" ON "final_test_attempt" USING btree ("account_id","course_slug") WHERE "final_test_attempt"."submitted_at" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "final_test_attempt_passed" ON "final_test_attempt" USING btree ("account_id","course_slug") WHERE "final_test_attempt"."is_passed";--> statement-breakpoint
CREATE INDEX "final_test_attempt_due" ON "final_test_attempt" USING btree ("deadline_at") WHERE "final_test_attempt"."submitted_at" is null;--> statement-breakpoint
CREATE POLICY "final_test_attempt_read" ON "final_test_attempt" AS PERMISSIVE FOR SELECT TO public USING ((select nullif(current_setting('app.purpose', true), '') in ('credit')) or "final_test_attempt"."account_id" = (select nullif(current_setting('app.account', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "final_test_attempt_insert" ON "final_test_attempt" AS PERMISSIVE FOR INSERT TO public WITH CHECK ((select nullif(current_setting('app.purpose', true), '') in ('credit')));--> statement-breakpoint
CREATE POLICY "final_test_attempt_update" ON "final_test_attempt" AS PERMISSIVE FOR UPDATE TO public USING ((select nullif(current_setting('app.purpose', true), '') in ('credit'))) WITH CHECK ((select nullif(current_setting('app.purpose', true), '') in ('credit')));