SET LOCAL lock_timeout = '500ms';--> statement-breakpoint
CREATE TABLE "closing_reasons" (
	"key" text PRIMARY KEY NOT NULL,
	"closed_on" date NOT NULL,
	"words_sealed" text NOT NULL
);
--> statement-breakpoint
ALTER TABLE "profiles" ADD COLUMN "closed_at" timestamp(3) with time zone;--> statement-breakpoint
CREATE INDEX "profiles_joined" ON "profiles" USING btree ("joined_into") WHERE "profiles"."joined_into" is not null;--> statement-breakpoint
CREATE INDEX "profiles_closed" ON "profiles" USING btree ("closed_at") WHERE "profiles"."closed_at" is not null;