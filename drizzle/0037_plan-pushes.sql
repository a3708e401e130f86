ALTER TABLE "deliveries" ADD COLUMN "recipient" text;--> statement-breakpoint
UPDATE "deliveries" d SET recipient = r.recipient FROM "reminders" r WHERE r.id = d.reminder_id;--> statement-breakpoint
ALTER TABLE "deliveries" ALTER COLUMN "recipient" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "reminders" ADD COLUMN "put_off" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "reminders" ADD COLUMN "merged_into" uuid;--> statement-breakpoint
CREATE INDEX "deliveries_recipient" ON "deliveries" USING btree ("recipient","begun_at");--> statement-breakpoint
CREATE INDEX "reminders_open" ON "reminders" USING btree ("recipient","created_at") WHERE "reminders"."ended_at" is null and "reminders"."dropped_at" is null;--> statement-breakpoint
CREATE INDEX "reminders_merged" ON "reminders" USING btree ("merged_into") WHERE "reminders"."merged_into" is not null;