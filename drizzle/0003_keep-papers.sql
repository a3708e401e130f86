CREATE TABLE "discarded_files" (
	"upload_id" uuid PRIMARY KEY NOT NULL,
	"kept_key" text,
	"remove_after" timestamp(3) with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "uploads" ADD COLUMN "arrived_digest" text;--> statement-breakpoint
ALTER TABLE "uploads" ADD COLUMN "kept_digest" text;--> statement-breakpoint
CREATE INDEX "discarded_files_due" ON "discarded_files" USING btree ("remove_after");--> statement-breakpoint
CREATE INDEX "uploads_owner" ON "uploads" USING btree ("owner_id");