SET LOCAL lock_timeout = '500ms';--> statement-breakpoint
CREATE INDEX "cases_renews" ON "cases" USING btree (("state"->>'renews')) WHERE "cases"."state"->>'renews' is not null;