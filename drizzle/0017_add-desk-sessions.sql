SET LOCAL lock_timeout = '500ms';--> statement-breakpoint
CREATE TABLE "desk_logins" (
	"id_hash" text PRIMARY KEY NOT NULL,
	"code_hash" text NOT NULL,
	"digits_hash" text NOT NULL,
	"status" text NOT NULL,
	"device" text NOT NULL,
	"address" text NOT NULL,
	"network_digest" text NOT NULL,
	"place" smallint,
	"created_at" timestamp(3) with time zone NOT NULL,
	"expires_at" timestamp(3) with time zone NOT NULL,
	"scanned_at" timestamp(3) with time zone,
	"profile_id" uuid,
	"session_id" uuid,
	"pin_digest" text,
	"desk_until" timestamp(3) with time zone,
	CONSTRAINT "desk_logins_code" UNIQUE("code_hash"),
	CONSTRAINT "desk_logins_place" UNIQUE("network_digest","place")
);
--> statement-breakpoint
CREATE TABLE "second_factors" (
	"profile_id" uuid PRIMARY KEY NOT NULL,
	"id" uuid NOT NULL,
	"secret_sealed" text NOT NULL,
	"confirmed_at" timestamp(3) with time zone,
	"last_step" integer DEFAULT 0 NOT NULL,
	"tries" smallint DEFAULT 0 NOT NULL,
	"tried_from" timestamp(3) with time zone
);
--> statement-breakpoint
ALTER TABLE "sessions" ADD COLUMN "kind" text DEFAULT 'phone' NOT NULL;--> statement-breakpoint
ALTER TABLE "sessions" ADD COLUMN "address" text;--> statement-breakpoint
ALTER TABLE "sessions" ADD COLUMN "network_digest" text;--> statement-breakpoint
ALTER TABLE "sessions" ADD COLUMN "desk_until" timestamp(3) with time zone;--> statement-breakpoint
ALTER TABLE "sessions" ADD COLUMN "pin_digest" text;--> statement-breakpoint
ALTER TABLE "sessions" ADD COLUMN "wrong_pins" smallint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "sessions" ADD COLUMN "locked_at" timestamp(3) with time zone;--> statement-breakpoint
ALTER TABLE "sessions" ADD COLUMN "factor_shown_at" timestamp(3) with time zone;--> statement-breakpoint
ALTER TABLE "desk_logins" ADD CONSTRAINT "desk_logins_profile_id_profiles_id_fk" FOREIGN KEY ("profile_id") REFERENCES "public"."profiles"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "second_factors" ADD CONSTRAINT "second_factors_profile_id_profiles_id_fk" FOREIGN KEY ("profile_id") REFERENCES "public"."profiles"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "desk_logins_digits" ON "desk_logins" USING btree ("digits_hash");--> statement-breakpoint
CREATE INDEX "desk_logins_over" ON "desk_logins" USING btree ("expires_at");