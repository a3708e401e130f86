SET LOCAL lock_timeout = '500ms';--> statement-breakpoint
-- A county that cannot stop its writing while they are built builds them beforehand: docs/runbooks/self-hosted.md.
CREATE INDEX IF NOT EXISTS "cases_duplicate_newest" ON "cases" USING btree ("duplicate_index","id");--> statement-breakpoint
CREATE INDEX IF NOT EXISTS "cases_key_newest" ON "cases" USING btree ("key_index","id") WHERE "cases"."key_index" is not null;