DROP INDEX "catalogue_text_tokens";--> statement-breakpoint
CREATE INDEX "catalogue_text_tokens" ON "catalogue_text" USING gin ("tokens") WITH (fastupdate=false);