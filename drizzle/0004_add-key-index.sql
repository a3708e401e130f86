ALTER TABLE "profiles" ADD COLUMN "confirmed_at" timestamp(3) with time zone;--> statement-breakpoint
ALTER TABLE "cases" ADD COLUMN "key_index" text;--> statement-breakpoint
CREATE INDEX "cases_key" ON "cases" USING btree ("key_index") WHERE "cases"."key_index" is not null;