SET LOCAL lock_timeout = '500ms';--> statement-breakpoint
CREATE TABLE "former_calendars" (
	"year" integer PRIMARY KEY NOT NULL,
	"off_days" jsonb NOT NULL,
	"work_days" jsonb NOT NULL,
	"revision" integer NOT NULL
);
--> statement-breakpoint
-- Whoever changes a year, a pack or an operator: it is counted, and what it was first is kept until all open dates have moved.
-- The number never comes again: who has compared by it deletes no year that was changed meanwhile, committed or not.
CREATE FUNCTION keep_former_calendar() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  changed_at integer;
BEGIN
  UPDATE reference_data r SET calendar = r.calendar + 1, revision = r.revision + 1 RETURNING r.calendar INTO changed_at;
  INSERT INTO former_calendars (year, off_days, work_days, revision)
    VALUES (OLD.year, OLD.off_days, OLD.work_days, coalesce(changed_at, 0))
    ON CONFLICT (year) DO UPDATE SET revision = excluded.revision;
  RETURN NULL;
END
$$;
--> statement-breakpoint
CREATE TRIGGER "calendar_years_keep_former" AFTER UPDATE ON "calendar_years" FOR EACH ROW
  WHEN (NEW.year = OLD.year AND (NEW.off_days, NEW.work_days) IS DISTINCT FROM (OLD.off_days, OLD.work_days))
  EXECUTE FUNCTION keep_former_calendar();
