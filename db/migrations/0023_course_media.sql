CREATE TABLE "course_media" (
	"digest" "bytea" PRIMARY KEY NOT NULL,
	"media_type" text NOT NULL,
	"size" integer NOT NULL,
	"published_at" timestamp with time zone NOT NULL,
	CONSTRAINT "course_media_type" CHECK ("course_media"."media_type" in ('video/mp4', 'audio/mp4')),
	CONSTRAINT "course_media_digest" CHECK (length("course_media"."digest") = 32 and "course_media"."size" > 0)
);
--> statement-breakpoint
ALTER TABLE "course_media" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "course_media_piece" (
	"digest" "bytea" NOT NULL,
	"index" integer NOT NULL,
	"bytes" "bytea" NOT NULL,
	CONSTRAINT "course_media_piece_digest_index_pk" PRIMARY KEY("digest","index"),
	CONSTRAINT "course_media_piece_bytes" CHECK ("course_media_piece"."index" >= 0 and length("course_media_piece"."bytes") between 1 and 262144)
);
--> statement-breakpoint
ALTER TABLE "course_media_piece" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "course_asset" DROP CONSTRAINT "course_asset_type";--> statement-breakpoint
ALTER TABLE "course_media_piece" ADD CONSTRAINT "course_media_piece_digest_course_media_digest_fk" FOREIGN KEY ("digest") REFERENCES "public"."course_media"("digest") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "course_asset" ADD CONSTRAINT "course_asset_type" CHECK ("course_asset"."media_type" in ('image/svg+xml', 'text/vtt'));--> statement-breakpoint
CREATE POLICY "course_media_read" ON "course_media" AS PERMISSIVE FOR SELECT TO public USING (true);--> statement-breakpoint
CREATE POLICY "course_media_insert" ON "course_media" AS PERMISSIVE FOR INSERT TO public WITH CHECK ((select nullif(current_setting('app.purpose', true), '') in ('content')));--> statement-breakpoint
CREATE POLICY "course_media_piece_read" ON "course_media_piece" AS PERMISSIVE FOR SELECT TO public USING (true);--> statement-breakpoint
CREATE POLICY "course_media_piece_insert" ON "course_media_piece" AS PERMISSIVE FOR INSERT TO public WITH CHECK ((select nullif(current_setting('app.purpose', true), '') in ('content')));