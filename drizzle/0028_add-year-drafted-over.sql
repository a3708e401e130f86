SET LOCAL lock_timeout = '500ms';--> statement-breakpoint
ALTER TABLE "calendar_drafts" ADD COLUMN "year_was" jsonb;