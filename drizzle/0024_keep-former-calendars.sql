SET LOCAL lock_timeout = '500ms';--> statement-breakpoint
CREATE TABLE "former_calendars" (
	"year" integer PRIMARY KEY NOT NULL,
	"off_days" jsonb NOT NULL,
	"work_days" jsonb NOT NULL
);
--> statement-breakpoint
-- Whoever changes a year, a pack or an operator: what it was first is kept until all open dates have moved.
CREATE FUNCTION keep_former_calendar() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO former_calendars (year, off_days, work_days) VALUES (OLD.year, OLD.off_days, OLD.work_days)
    ON CONFLICT (year) DO NOTHING;
  RETURN NULL;
END
$$;
--> statement-breakpoint
CREATE TRIGGER "calendar_years_keep_former" AFTER UPDATE ON "calendar_years" FOR EACH ROW
  WHEN (NEW.year = OLD.year AND (NEW.off_days, NEW.work_days) IS DISTINCT FROM (OLD.off_days, OLD.work_days))
  EXECUTE FUNCTION keep_former_calendar();
