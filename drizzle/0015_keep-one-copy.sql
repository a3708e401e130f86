SET LOCAL lock_timeout = '500ms';--> statement-breakpoint
ALTER TABLE "uploads" ADD COLUMN "copied_from" uuid;--> statement-breakpoint
CREATE UNIQUE INDEX "uploads_copies" ON "uploads" USING btree ("owner_id","copied_from") WHERE "uploads"."case_id" is null and "uploads"."copied_from" is not null;