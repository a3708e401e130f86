SET LOCAL lock_timeout = '500ms';--> statement-breakpoint
-- Nobody counts any more on who was listed and has never bound a WeChat: ADR 0026. What lies at a post without anybody is
-- shown to the administrator.
WITH never AS (
  UPDATE "staff" s SET "active" = false, "awaited" = true WHERE s."active" AND NOT EXISTS (
    SELECT 1 FROM "profiles" p WHERE p."staff_id" = s."id" AND p."closed_at" IS NULL)
  RETURNING 1)
UPDATE "reference_data" SET "registry" = "registry" + 1, "revision" = "revision" + 1 WHERE EXISTS (SELECT 1 FROM never);
--> statement-breakpoint
UPDATE "case_tasks" t SET "unstaffed" = true WHERE NOT t."unstaffed" AND NOT EXISTS (
  SELECT 1 FROM "staff_roles" r JOIN "staff" s ON s."id" = r."staff_id" AND s."active"
  WHERE r."role" = t."role" AND r."unit_id" = t."unit_id");
