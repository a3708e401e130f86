SET LOCAL lock_timeout = '500ms';--> statement-breakpoint
CREATE TABLE "calendar_drafts" (
	"id" uuid PRIMARY KEY NOT NULL,
	"year" integer NOT NULL,
	"off_days" jsonb NOT NULL,
	"work_days" jsonb NOT NULL,
	"drafted_by" text NOT NULL,
	"drafted_at" timestamp(3) with time zone NOT NULL,
	"published_by" text,
	"published_at" timestamp(3) with time zone
);
