CREATE TABLE "activity_days" (
	"day" date NOT NULL,
	"profile_id" uuid NOT NULL,
	CONSTRAINT "activity_days_day_profile_id_pk" PRIMARY KEY("day","profile_id")
);
--> statement-breakpoint
ALTER TABLE "profiles" ADD COLUMN "guardian_until" date;--> statement-breakpoint
ALTER TABLE "staff" ADD COLUMN "listing" text DEFAULT 'listed' NOT NULL;--> statement-breakpoint
ALTER TABLE "activity_days" ADD CONSTRAINT "activity_days_profile_id_profiles_id_fk" FOREIGN KEY ("profile_id") REFERENCES "public"."profiles"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "activity_days_profile" ON "activity_days" USING btree ("profile_id");