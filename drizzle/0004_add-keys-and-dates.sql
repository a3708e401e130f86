ALTER TABLE "profiles" ADD COLUMN "confirmed_at" timestamp(3) with time zone;--> statement-breakpoint
ALTER TABLE "cases" ADD COLUMN "key_index" text;--> statement-breakpoint
CREATE INDEX "cases_key" ON "cases" USING btree ("key_index") WHERE "cases"."key_index" is not null;--> statement-breakpoint
-- What a case took before its kind was noted was written anew as JPEG, unless it was a PDF.
UPDATE "uploads" SET "content_type" = 'image/jpeg' WHERE "case_id" IS NOT NULL AND "kept_digest" IS NULL AND "content_type" IN ('image/png', 'image/webp');--> statement-breakpoint
UPDATE "profiles" SET "confirmed_at" = "confirmed"."at" FROM (SELECT "subject", max("at") AS "at" FROM "audit_entries" WHERE "action" IN ('account.confirm-identity', 'account.join') GROUP BY "subject") AS "confirmed" WHERE "confirmed"."subject" = 'profile:' || "profiles"."id" AND "profiles"."real_name_level" = 3;
