SET LOCAL lock_timeout = '500ms';--> statement-breakpoint
ALTER TABLE "notice_objections" ADD COLUMN "reason_digest" text;