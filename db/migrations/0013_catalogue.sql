CREATE TABLE "catalogue_item" (
	"kind" text NOT NULL,
	"id" text NOT NULL,
	"course_slug" text,
	"on" date NOT NULL,
	"ends_on" date,
	"mode" text NOT NULL,
	"occupation_code" text,
	"level" text,
	"academy_code" text,
	"city_code" text,
	CONSTRAINT "catalogue_item_kind_id_pk" PRIMARY KEY("kind","id"),
	CONSTRAINT "catalogue_item_kind" CHECK ("catalogue_item"."kind" in ('course', 'class', 'offer')),
	CONSTRAINT "catalogue_item_ends" CHECK (("catalogue_item"."kind" = 'course') = ("catalogue_item"."ends_on" is null)),
	CONSTRAINT "catalogue_item_course" CHECK (("catalogue_item"."kind" = 'offer') = ("catalogue_item"."course_slug" is not null))
);
--> statement-breakpoint
ALTER TABLE "catalogue_item" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "catalogue_lesson" (
	"course_slug" text NOT NULL,
	"lesson_slug" text NOT NULL,
	"text" text NOT NULL,
	CONSTRAINT "catalogue_lesson_course_slug_lesson_slug_pk" PRIMARY KEY("course_slug","lesson_slug")
);
--> statement-breakpoint
ALTER TABLE "catalogue_lesson" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "catalogue_text" (
	"kind" text NOT NULL,
	"id" text NOT NULL,
	"part" text NOT NULL,
	"size" integer NOT NULL,
	"tokens" "tsvector" NOT NULL,
	CONSTRAINT "catalogue_text_kind_id_part_pk" PRIMARY KEY("kind","id","part"),
	CONSTRAINT "catalogue_text_kind" CHECK ("catalogue_text"."kind" in ('course', 'class', 'offer')),
	CONSTRAINT "catalogue_text_part" CHECK ("catalogue_text"."part" in ('title', 'title_en', 'key', 'summary', 'often', 'body'))
);
--> statement-breakpoint
ALTER TABLE "catalogue_text" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "course" ADD COLUMN "level" text;--> statement-breakpoint
ALTER TABLE "course" ADD COLUMN "mode" text DEFAULT 'online' NOT NULL;--> statement-breakpoint
ALTER TABLE "course" ADD COLUMN "prerequisites" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "course" ADD COLUMN "academy_code" text;--> statement-breakpoint
ALTER TABLE "class" ADD COLUMN "level" text;--> statement-breakpoint
CREATE INDEX "catalogue_item_ends" ON "catalogue_item" USING btree ("ends_on");--> statement-breakpoint
CREATE INDEX "catalogue_text_tokens" ON "catalogue_text" USING gin ("tokens");--> statement-breakpoint
CREATE INDEX "class_course" ON "class" USING btree ("course_slug") WHERE "class"."course_slug" is not null;--> statement-breakpoint
ALTER TABLE "course" ADD CONSTRAINT "course_level" CHECK ("course"."level" in ('apprentice', 'l5', 'l4', 'l3', 'l2', 'l1', 'special_technician', 'chief_technician'));--> statement-breakpoint
ALTER TABLE "course" ADD CONSTRAINT "course_mode" CHECK ("course"."mode" in ('online', 'mixed'));--> statement-breakpoint
ALTER TABLE "class" ADD CONSTRAINT "class_level" CHECK ("class"."level" in ('apprentice', 'l5', 'l4', 'l3', 'l2', 'l1', 'special_technician', 'chief_technician'));--> statement-breakpoint
CREATE POLICY "catalogue_item_read" ON "catalogue_item" AS PERMISSIVE FOR SELECT TO public USING (true);--> statement-breakpoint
CREATE POLICY "catalogue_item_insert" ON "catalogue_item" AS PERMISSIVE FOR INSERT TO public WITH CHECK ((select nullif(current_setting('app.purpose', true), '') in ('catalogue')));--> statement-breakpoint
CREATE POLICY "catalogue_item_remove" ON "catalogue_item" AS PERMISSIVE FOR DELETE TO public USING ((select nullif(current_setting('app.purpose', true), '') in ('catalogue')));--> statement-breakpoint
CREATE POLICY "catalogue_lesson_read" ON "catalogue_lesson" AS PERMISSIVE FOR SELECT TO public USING (true);--> statement-breakpoint
CREATE POLICY "catalogue_lesson_insert" ON "catalogue_lesson" AS PERMISSIVE FOR INSERT TO public WITH CHECK ((select nullif(current_setting('app.purpose', true), '') in ('catalogue')));--> statement-breakpoint
CREATE POLICY "catalogue_lesson_remove" ON "catalogue_lesson" AS PERMISSIVE FOR DELETE TO public USING ((select nullif(current_setting('app.purpose', true), '') in ('catalogue')));--> statement-breakpoint
CREATE POLICY "catalogue_text_read" ON "catalogue_text" AS PERMISSIVE FOR SELECT TO public USING (true);--> statement-breakpoint
CREATE POLICY "catalogue_text_insert" ON "catalogue_text" AS PERMISSIVE FOR INSERT TO public WITH CHECK ((select nullif(current_setting('app.purpose', true), '') in ('catalogue')));--> statement-breakpoint
CREATE POLICY "catalogue_text_remove" ON "catalogue_text" AS PERMISSIVE FOR DELETE TO public USING ((select nullif(current_setting('app.purpose', true), '') in ('catalogue')));