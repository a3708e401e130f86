SET LOCAL lock_timeout = '500ms';--> statement-breakpoint
-- Each serves what its like served, in an order besides; beside it the planner might take the old one. A county that cannot
-- stop its writing while they are built builds them beforehand: docs/runbooks/self-hosted.md.
CREATE INDEX IF NOT EXISTS "cases_duplicate_newest" ON "cases" USING btree ("duplicate_index","id");--> statement-breakpoint
CREATE INDEX IF NOT EXISTS "cases_key_newest" ON "cases" USING btree ("key_index","id") WHERE "cases"."key_index" is not null;--> statement-breakpoint
CREATE INDEX IF NOT EXISTS "reminders_unread_newest" ON "reminders" USING btree ("recipient","created_at","available_at") WHERE "reminders"."read_at" is null and "reminders"."dropped_at" is null;--> statement-breakpoint
DROP INDEX "cases_duplicate";--> statement-breakpoint
DROP INDEX "cases_key";--> statement-breakpoint
DROP INDEX "reminders_unread";