CREATE TABLE "job_runs" (
	"name" text PRIMARY KEY NOT NULL,
	"last_run_at" timestamp(3) with time zone NOT NULL,
	"leased_until" timestamp(3) with time zone
);
