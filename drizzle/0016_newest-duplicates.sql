SET LOCAL lock_timeout = '500ms';--> statement-breakpoint
CREATE INDEX "cases_duplicate_newest" ON "cases" USING btree ("duplicate_index","id");--> statement-breakpoint
CREATE INDEX "cases_key_newest" ON "cases" USING btree ("key_index","id") WHERE "cases"."key_index" is not null;--> statement-breakpoint
DROP INDEX "cases_duplicate";--> statement-breakpoint
DROP INDEX "cases_key";