SET LOCAL lock_timeout = '500ms';--> statement-breakpoint
CREATE INDEX "case_events_staff" ON "case_events" USING btree ("actor","id") WHERE "case_events"."actor" like 'staff:%';