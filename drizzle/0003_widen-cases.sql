CREATE TABLE "activity_days" (
	"day" date NOT NULL,
	"profile_id" uuid NOT NULL,
	CONSTRAINT "activity_days_day_profile_id_pk" PRIMARY KEY("day","profile_id")
);
--> statement-breakpoint
CREATE TABLE "discarded_files" (
	"upload_id" uuid PRIMARY KEY NOT NULL,
	"kept_key" text,
	"remove_after" timestamp(3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "case_looks" (
	"id" uuid PRIMARY KEY NOT NULL,
	"case_id" uuid NOT NULL,
	"staff_id" text NOT NULL,
	"reason_digest" text NOT NULL,
	"until" timestamp(3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "job_runs" (
	"name" text PRIMARY KEY NOT NULL,
	"last_run_at" timestamp(3) with time zone NOT NULL,
	"leased_until" timestamp(3) with time zone
);
--> statement-breakpoint
ALTER TABLE "enterprises" ADD COLUMN "credit_code_index" text;--> statement-breakpoint
ALTER TABLE "profiles" ADD COLUMN "guardian_until" date;--> statement-breakpoint
ALTER TABLE "uploads" ADD COLUMN "arrived_digest" text;--> statement-breakpoint
ALTER TABLE "uploads" ADD COLUMN "kept_digest" text;--> statement-breakpoint
ALTER TABLE "case_tasks" ADD COLUMN "barred" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "case_tasks" ADD COLUMN "approval" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "cases" ADD COLUMN "owner_id" uuid;--> statement-breakpoint
ALTER TABLE "cases" ADD COLUMN "channel" text;--> statement-breakpoint
ALTER TABLE "cases" ADD COLUMN "src" text;--> statement-breakpoint
ALTER TABLE "cases" ADD COLUMN "assisted" boolean;--> statement-breakpoint
ALTER TABLE "cases" ADD COLUMN "entered_by" text;--> statement-breakpoint
ALTER TABLE "staff" ADD COLUMN "listing" text DEFAULT 'listed' NOT NULL;--> statement-breakpoint
ALTER TABLE "reminders" ADD COLUMN "unknown_sends" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "activity_days" ADD CONSTRAINT "activity_days_profile_id_profiles_id_fk" FOREIGN KEY ("profile_id") REFERENCES "public"."profiles"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "activity_days_profile" ON "activity_days" USING btree ("profile_id");--> statement-breakpoint
CREATE INDEX "discarded_files_due" ON "discarded_files" USING btree ("remove_after");--> statement-breakpoint
CREATE INDEX "case_looks_viewer" ON "case_looks" USING btree ("case_id","staff_id","until");--> statement-breakpoint
ALTER TABLE "cases" ADD CONSTRAINT "cases_owner_id_profiles_id_fk" FOREIGN KEY ("owner_id") REFERENCES "public"."profiles"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "uploads_owner" ON "uploads" USING btree ("owner_id");--> statement-breakpoint
CREATE INDEX "cases_owner" ON "cases" USING btree ("owner_id","id") WHERE "cases"."owner_id" is not null;--> statement-breakpoint
CREATE INDEX "reminders_spent" ON "reminders" USING btree (coalesce("sent_at", "sending_at")) WHERE "reminders"."channel" <> 'inbox' or "reminders"."unknown_sends" > 0;--> statement-breakpoint
ALTER TABLE "enterprises" ADD CONSTRAINT "enterprises_credit_code_index" UNIQUE("credit_code_index");