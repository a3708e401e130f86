SET LOCAL lock_timeout = '500ms';--> statement-breakpoint
CREATE TABLE "document_prints" (
	"digest" text PRIMARY KEY NOT NULL,
	"document_id" uuid NOT NULL,
	"printed_at" timestamp(3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE INDEX "document_prints_document" ON "document_prints" USING btree ("document_id");