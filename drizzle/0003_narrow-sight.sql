CREATE TABLE "case_looks" (
	"id" uuid PRIMARY KEY NOT NULL,
	"case_id" uuid NOT NULL,
	"staff_id" text NOT NULL,
	"reason_digest" text NOT NULL,
	"until" timestamp(3) with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "case_tasks" ADD COLUMN "barred" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "case_tasks" ADD COLUMN "approval" boolean DEFAULT false NOT NULL;--> statement-breakpoint
CREATE INDEX "case_looks_viewer" ON "case_looks" USING btree ("case_id","staff_id","until");