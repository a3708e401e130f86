DROP INDEX "case_tasks_pool";--> statement-breakpoint
ALTER TABLE "case_tasks" ADD COLUMN "line" text;--> statement-breakpoint
ALTER TABLE "cases" ADD COLUMN "lined_version" integer;--> statement-breakpoint
CREATE INDEX "case_tasks_unstaffed" ON "case_tasks" USING btree ("sort_on","case_id","step_key","part_unit_id") WHERE "case_tasks"."unstaffed";--> statement-breakpoint
CREATE INDEX "case_tasks_unstaffed_pool" ON "case_tasks" USING btree ("unit_id","role","sort_on","case_id","step_key","part_unit_id") WHERE "case_tasks"."unstaffed";--> statement-breakpoint
CREATE INDEX "case_tasks_pool" ON "case_tasks" USING btree ("unit_id","role","queue","sort_on","case_id","step_key","part_unit_id");