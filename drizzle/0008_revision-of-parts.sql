SET LOCAL lock_timeout = '500ms';--> statement-breakpoint
ALTER TABLE "reference_data" ADD COLUMN "catalogue" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "reference_data" ADD COLUMN "calendar" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "reference_data" ADD COLUMN "registry" integer DEFAULT 1 NOT NULL;
--> statement-breakpoint
-- A server of the version before, or an operator, counts the whole alone: it may have been any part.
CREATE FUNCTION count_up_all_parts() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.catalogue := OLD.catalogue + 1;
  NEW.calendar := OLD.calendar + 1;
  NEW.registry := OLD.registry + 1;
  RETURN NEW;
END
$$;
--> statement-breakpoint
CREATE TRIGGER "reference_data_count_all" BEFORE UPDATE ON "reference_data" FOR EACH ROW
  WHEN (NEW.revision <> OLD.revision AND (NEW.catalogue, NEW.calendar, NEW.registry) = (OLD.catalogue, OLD.calendar, OLD.registry))
  EXECUTE FUNCTION count_up_all_parts();
