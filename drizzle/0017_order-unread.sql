SET LOCAL lock_timeout = '500ms';--> statement-breakpoint
-- As 0016: who cannot wait builds it beforehand.
CREATE INDEX IF NOT EXISTS "reminders_unread_newest" ON "reminders" USING btree ("recipient","created_at","available_at") WHERE "reminders"."read_at" is null and "reminders"."dropped_at" is null;