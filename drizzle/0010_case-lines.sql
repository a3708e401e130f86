SET LOCAL lock_timeout = '500ms';--> statement-breakpoint
ALTER TABLE "cases" ADD COLUMN "line" text;--> statement-breakpoint
ALTER TABLE "cases" ADD COLUMN "line_version" integer;--> statement-breakpoint
ALTER TABLE "cases" ADD COLUMN "line_splits" boolean;--> statement-breakpoint
ALTER TABLE "cases" ADD COLUMN "turns_on" date;--> statement-breakpoint
-- As before, to the letter of what they answer; a function in SQL is parsed anew by each statement that calls it.
CREATE OR REPLACE FUNCTION case_event_hash(previous text, case_id uuid, sequence integer, type text, at text, actor text, payload text)
RETURNS text LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
  RETURN encode(sha256(convert_to(concat_ws(E'\n', coalesce(previous, ''), case_id::text, sequence::text, type, at, actor, payload), 'UTF8')), 'hex');
END
$$;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION case_words(number text, item text, village text) RETURNS text[] LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
  words text[] := array_remove(ARRAY['item:' || item, 'village:' || village], NULL);
BEGIN
  FOR at IN 7..length(number) - 2 LOOP
    words := words || ('#' || substr(number, at, 3));
  END LOOP;
  RETURN words;
END
$$;
