SET LOCAL lock_timeout = '500ms';--> statement-breakpoint
ALTER TABLE "certificates" ADD COLUMN "renewed_by" uuid;