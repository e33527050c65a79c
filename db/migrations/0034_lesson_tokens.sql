-- The words of one text as a vector. Finds its functions wherever it is called from, also while a backup is read back.
CREATE FUNCTION text_vector(given text) RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = public AS $$
  select search_vector(array(select distinct t.token from search_tokens(given) t))
$$;
--> statement-breakpoint
ALTER TABLE "catalogue_lesson" ADD COLUMN "tokens" "tsvector" GENERATED ALWAYS AS (text_vector(text)) STORED NOT NULL;--> statement-breakpoint
CREATE INDEX "catalogue_lesson_tokens" ON "catalogue_lesson" USING gin ("tokens") WITH (fastupdate=false);
