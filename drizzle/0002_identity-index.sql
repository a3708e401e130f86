ALTER TABLE "profiles" ADD COLUMN "identity_index" text;--> statement-breakpoint
ALTER TABLE "cases" ADD COLUMN "identity_index" text;