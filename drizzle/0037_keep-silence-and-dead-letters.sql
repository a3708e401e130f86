SET LOCAL lock_timeout = '500ms';--> statement-breakpoint
ALTER TABLE "profiles" ADD COLUMN "silenced" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
-- A county that cannot stop its writing while the second is built builds it beforehand: docs/runbooks/self-hosted.md.
CREATE INDEX IF NOT EXISTS "deliveries_lost" ON "deliveries" USING btree ("reminder_id") WHERE "deliveries"."failed_at" is not null;--> statement-breakpoint
CREATE INDEX IF NOT EXISTS "reminders_dead" ON "reminders" USING btree ("id") WHERE "reminders"."because" in ('rejected', 'unreadable', 'undeliverable');
