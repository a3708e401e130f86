SET LOCAL lock_timeout = '500ms';--> statement-breakpoint
ALTER TABLE "staff" ADD COLUMN "awaited" boolean DEFAULT false NOT NULL;