SET LOCAL lock_timeout = '500ms';--> statement-breakpoint
DROP INDEX "case_tasks_barred";--> statement-breakpoint
ALTER TABLE "cases" ADD COLUMN "was_disowned" boolean DEFAULT false NOT NULL;--> statement-breakpoint
-- By their events, which are read sooner than the states.
UPDATE "cases" SET "was_disowned" = true WHERE "id" IN (SELECT "case_id" FROM "case_events" WHERE "type" = 'disowned');--> statement-breakpoint
CREATE INDEX "sessions_over" ON "sessions" USING btree (least("expires_at", "revoked_at"));--> statement-breakpoint
CREATE INDEX "cases_firm_item" ON "cases" USING btree ("applicant_index","service_item_id","id") WHERE "cases"."identity_index" is null;--> statement-breakpoint
CREATE INDEX "cases_disowned" ON "cases" USING btree ("filed_by") WHERE "cases"."was_disowned";--> statement-breakpoint
CREATE INDEX "case_tasks_barred" ON "case_tasks" USING gin ("barred") WHERE cardinality("case_tasks"."barred") > 0;