CREATE TABLE "course_rating" (
	"account_id" uuid NOT NULL,
	"course_slug" text NOT NULL,
	"score" smallint NOT NULL,
	"comment" text,
	"rated_at" timestamp with time zone NOT NULL,
	"changed_at" timestamp with time zone NOT NULL,
	CONSTRAINT "course_rating_account_id_course_slug_pk" PRIMARY KEY("account_id","course_slug"),
	CONSTRAINT "course_rating_score" CHECK ("course_rating"."score" between 1 and 5),
	CONSTRAINT "course_rating_comment" CHECK (char_length("course_rating"."comment") between 1 and 500)
);
--> statement-breakpoint
ALTER TABLE "course_rating" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "course_rating_total" (
	"course_slug" text PRIMARY KEY NOT NULL,
	"ratings" integer NOT NULL,
	"scores" integer NOT NULL,
	CONSTRAINT "course_rating_total_counts" CHECK ("course_rating_total"."ratings" >= 0 and "course_rating_total"."scores" between "course_rating_total"."ratings" and 5 * "course_rating_total"."ratings")
);
--> statement-breakpoint
ALTER TABLE "course_rating_total" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "course_rating" ADD CONSTRAINT "course_rating_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "course_rating" ADD CONSTRAINT "course_rating_course_slug_course_slug_fk" FOREIGN KEY ("course_slug") REFERENCES "public"."course"("slug") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "course_rating_total" ADD CONSTRAINT "course_rating_total_course_slug_course_slug_fk" FOREIGN KEY ("course_slug") REFERENCES "public"."course"("slug") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE POLICY "course_rating_read" ON "course_rating" AS PERMISSIVE FOR SELECT TO public USING ((select nullif(current_setting('app.purpose', true), '') in ('credit')) or "course_rating"."account_id" = (select nullif(current_setting('app.account', true), '')::uuid) or (((select nullif(current_setting('app.role', true), '') in ('academy_admin')) and ("course_rating"."account_id", "course_rating"."course_slug") in (select e.account_id, c.course_slug from class c
    join enrolment e on e.academy_id = c.academy_id and e.class_id = c.id and e.seat = 'enrolled'
    where c.mode = 'online' and c.course_slug is not null and e.account_id is not null and c.academy_id = (select nullif(current_setting('app.academy', true), '')::uuid))) or ((select nullif(current_setting('app.role', true), '') in ('instructor')) and ("course_rating"."account_id", "course_rating"."course_slug") in (select e.account_id, c.course_slug from class c
    join enrolment e on e.academy_id = c.academy_id and e.class_id = c.id and e.seat = 'enrolled'
    where c.mode = 'online' and c.course_slug is not null and e.account_id is not null and (c.academy_id, c.id) in (select cs.academy_id, cs.class_id from class_staff cs where cs.account_id = (select nullif(current_setting('app.account', true), '')::uuid))))));--> statement-breakpoint
CREATE POLICY "course_rating_insert" ON "course_rating" AS PERMISSIVE FOR INSERT TO public WITH CHECK ((select nullif(current_setting('app.purpose', true), '') in ('credit')));--> statement-breakpoint
CREATE POLICY "course_rating_update" ON "course_rating" AS PERMISSIVE FOR UPDATE TO public USING ((select nullif(current_setting('app.purpose', true), '') in ('credit'))) WITH CHECK ((select nullif(current_setting('app.purpose', true), '') in ('credit')));--> statement-breakpoint
CREATE POLICY "course_rating_total_read" ON "course_rating_total" AS PERMISSIVE FOR SELECT TO public USING (true);--> statement-breakpoint
CREATE POLICY "course_rating_total_insert" ON "course_rating_total" AS PERMISSIVE FOR INSERT TO public WITH CHECK ((select nullif(current_setting('app.purpose', true), '') in ('credit')));--> statement-breakpoint
CREATE POLICY "course_rating_total_update" ON "course_rating_total" AS PERMISSIVE FOR UPDATE TO public USING ((select nullif(current_setting('app.purpose', true), '') in ('credit'))) WITH CHECK ((select nullif(current_setting('app.purpose', true), '') in ('credit')));