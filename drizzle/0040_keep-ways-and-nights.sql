SET LOCAL lock_timeout = '500ms';--> statement-breakpoint
ALTER TABLE "profiles" ADD COLUMN "unwanted_ways" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "profiles" ADD COLUMN "night" jsonb;