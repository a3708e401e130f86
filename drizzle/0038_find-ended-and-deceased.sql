SET LOCAL lock_timeout = '500ms';--> statement-breakpoint
-- A county that cannot stop its writing while they are built builds them beforehand: docs/runbooks/self-hosted.md.
CREATE INDEX IF NOT EXISTS "cases_deceased" ON "cases" USING btree ("applicant_index") WHERE ("cases"."state"->>'isDeceased')::boolean;--> statement-breakpoint
CREATE INDEX IF NOT EXISTS "cases_ended_on" ON "cases" USING btree ((("ended_at" at time zone 'Asia/Shanghai')::date));
