ALTER TABLE "ledger_upload" DROP CONSTRAINT "ledger_upload_state";--> statement-breakpoint
DROP INDEX "ledger_upload_waiting";--> statement-breakpoint
CREATE INDEX "ledger_upload_waiting" ON "ledger_upload" USING btree ("touched_at") WHERE "ledger_upload"."state" in ('received', 'mapped', 'importing');--> statement-breakpoint
ALTER TABLE "ledger_upload" ADD CONSTRAINT "ledger_upload_state" CHECK ("ledger_upload"."state" in ('received', 'unreadable', 'uploaded', 'mapped', 'previewed', 'importing', 'done', 'failed', 'cancelled', 'expired'));