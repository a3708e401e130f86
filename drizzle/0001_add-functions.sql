-- Lets one statement refuse itself: everything it wrote is undone, the code names why.
CREATE FUNCTION demand(holds boolean, code text) RETURNS integer LANGUAGE plpgsql AS $$
BEGIN
  IF holds IS NOT TRUE THEN
    RAISE EXCEPTION USING ERRCODE = 'YX001', MESSAGE = code;
  END IF;
  RETURN 1;
END
$$;
--> statement-breakpoint
-- The link of a case's chain: each event's hash covers the one before it.
CREATE FUNCTION case_event_hash(previous text, case_id uuid, sequence integer, type text, at text, actor text, payload text)
RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT encode(sha256(convert_to(concat_ws(E'\n', coalesce(previous, ''), case_id::text, sequence::text, type, at, actor, payload), 'UTF8')), 'hex')
$$;
