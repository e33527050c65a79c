ALTER TABLE "catalogue_lesson" drop column "tokens";--> statement-breakpoint
ALTER TABLE "catalogue_lesson" ADD COLUMN "tokens" "tsvector" GENERATED ALWAYS AS (text_vector(text) || array_to_tsvector(array['=' || course_slug])) STORED NOT NULL;--> statement-breakpoint
-- Went with its column.
CREATE INDEX "catalogue_lesson_tokens" ON "catalogue_lesson" USING gin ("tokens") WITH (fastupdate=false);
