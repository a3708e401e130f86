SET LOCAL lock_timeout = '500ms';--> statement-breakpoint
CREATE TABLE "certificates" (
	"document_id" uuid PRIMARY KEY NOT NULL,
	"case_id" uuid NOT NULL,
	"code_index" text NOT NULL,
	"title" text NOT NULL,
	"organ_name" text NOT NULL,
	"valid_to" date
);
--> statement-breakpoint
CREATE UNIQUE INDEX "certificates_code" ON "certificates" USING btree ("code_index");--> statement-breakpoint
CREATE INDEX "certificates_case" ON "certificates" USING btree ("case_id");--> statement-breakpoint
CREATE INDEX "certificates_valid_to" ON "certificates" USING btree ("valid_to");