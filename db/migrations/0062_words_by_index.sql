-- Which parts of courses and classes have the words, and which lessons: answered by the index alone. The planner counts the rows of a
-- table and not what lies beside them (TOAST): as long as they are few, it would rather unpack every text for every word.
CREATE FUNCTION texts_with(words tsquery) RETURNS TABLE (kind text, id text, part text, size integer)
LANGUAGE plpgsql STABLE PARALLEL SAFE ROWS 100 SET enable_seqscan = off AS $$
begin
  return query select x.kind, x.id, x.part, x.size from catalogue_text x where x.tokens @@ words;
end $$;
--> statement-breakpoint
CREATE FUNCTION lessons_with(words tsquery) RETURNS TABLE (course_slug text, lesson_slug text)
LANGUAGE plpgsql STABLE PARALLEL SAFE ROWS 100 SET enable_seqscan = off AS $$
begin
  return query select x.course_slug, x.lesson_slug from catalogue_lesson x where x.tokens @@ words;
end $$;
