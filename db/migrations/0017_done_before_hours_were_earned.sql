-- From now on a lesson is done when its time was given too. What was finished by the rule before this one stays finished.
-- Row-level security holds for the owner as well: the purpose `credit` may write progress.
SELECT set_config('app.purpose', 'credit', true);
--> statement-breakpoint
UPDATE lesson_progress p SET done_at = coalesce(p.passed_at, p.read_at) FROM lesson l
WHERE l.course_slug = p.course_slug AND l.slug = p.lesson_slug AND (p.passed_at IS NOT NULL OR NOT l.has_quiz);
--> statement-breakpoint
SELECT set_config('app.purpose', '', true);
