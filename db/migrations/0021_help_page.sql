CREATE TABLE "help_page" (
	"locale" text NOT NULL,
	"slug" text NOT NULL,
	"position" smallint NOT NULL,
	"reader" text NOT NULL,
	"title" text NOT NULL,
	"summary" text NOT NULL,
	"blocks" jsonb NOT NULL,
	"quiz" jsonb,
	"digest" "bytea" NOT NULL,
	"published_at" timestamp with time zone NOT NULL,
	CONSTRAINT "help_page_locale_slug_pk" PRIMARY KEY("locale","slug"),
	CONSTRAINT "help_page_locale" CHECK ("help_page"."locale" in ('zh-CN', 'en')),
	CONSTRAINT "help_page_reader" CHECK ("help_page"."reader" in ('worker', 'administrator', 'reviewer', 'author')),
	CONSTRAINT "help_page_slug_form" CHECK ("help_page"."slug" ~ '^[a-z0-9][a-z0-9-]{0,62}$'),
	CONSTRAINT "help_page_position" CHECK ("help_page"."position" > 0)
);
--> statement-breakpoint
ALTER TABLE "help_page" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE POLICY "help_page_read" ON "help_page" AS PERMISSIVE FOR SELECT TO public USING (true);--> statement-breakpoint
CREATE POLICY "help_page_insert" ON "help_page" AS PERMISSIVE FOR INSERT TO public WITH CHECK ((select nullif(current_setting('app.purpose', true), '') in ('content')));--> statement-breakpoint
CREATE POLICY "help_page_update" ON "help_page" AS PERMISSIVE FOR UPDATE TO public USING ((select nullif(current_setting('app.purpose', true), '') in ('content'))) WITH CHECK ((select nullif(current_setting('app.purpose', true), '') in ('content')));--> statement-breakpoint
CREATE POLICY "help_page_remove" ON "help_page" AS PERMISSIVE FOR DELETE TO public USING ((select nullif(current_setting('app.purpose', true), '') in ('content')));