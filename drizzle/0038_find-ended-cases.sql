SET LOCAL lock_timeout = '500ms';--> statement-breakpoint
-- A county that cannot stop its writing while it is built builds it beforehand: docs/runbooks/self-hosted.md.
CREATE INDEX IF NOT EXISTS "cases_ended" ON "cases" USING btree ("ended_at") WHERE "cases"."ended_at" is not null;
