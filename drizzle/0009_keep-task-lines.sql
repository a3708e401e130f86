SET LOCAL lock_timeout = '500ms';--> statement-breakpoint
-- By what a case is found beside its name: three digits of its number that stand together behind the region, item, village.
CREATE FUNCTION case_words(number text, item text, village text) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT array_remove(ARRAY['item:' || item, 'village:' || village], NULL)
    || ARRAY(SELECT '#' || substr(number, at, 3) FROM generate_series(7, length(number) - 2) AS at)
$$;
--> statement-breakpoint
DROP INDEX "case_tasks_pool";--> statement-breakpoint
ALTER TABLE "case_tasks" ADD COLUMN "line" text;--> statement-breakpoint
ALTER TABLE "cases" ADD COLUMN "lined_version" integer;--> statement-breakpoint
ALTER TABLE "cases" ADD COLUMN "name_parts" text[];--> statement-breakpoint
ALTER TABLE "cases" ADD COLUMN "seen_by" text[];--> statement-breakpoint
CREATE INDEX "case_looks_staff" ON "case_looks" USING btree ("staff_id","until");--> statement-breakpoint
CREATE INDEX "case_tasks_unstaffed" ON "case_tasks" USING btree ("sort_on","case_id","step_key","part_unit_id") WHERE "case_tasks"."unstaffed";--> statement-breakpoint
CREATE INDEX "case_tasks_unstaffed_pool" ON "case_tasks" USING btree ("unit_id","role","sort_on","case_id","step_key","part_unit_id") WHERE "case_tasks"."unstaffed";--> statement-breakpoint
CREATE INDEX "case_tasks_barred" ON "case_tasks" USING btree ("unit_id","role") WHERE cardinality("case_tasks"."barred") > 0;--> statement-breakpoint
CREATE INDEX "cases_search" ON "cases" USING gin ("name_parts","seen_by",case_words("case_number", "service_item_id", "village_code"));--> statement-breakpoint
CREATE INDEX "cases_unfound" ON "cases" USING btree ("id") WHERE "cases"."seen_by" is null;--> statement-breakpoint
CREATE INDEX "case_tasks_pool" ON "case_tasks" USING btree ("unit_id","role","queue","sort_on","case_id","step_key","part_unit_id");