SET LOCAL lock_timeout = '500ms';--> statement-breakpoint
-- A county that cannot stop its writing while it is built builds it beforehand: docs/runbooks/self-hosted.md.
CREATE INDEX IF NOT EXISTS "cases_questioned" ON "cases" USING btree ("applicant_index","service_item_id") WHERE "cases"."state"->'revocations' is not null;