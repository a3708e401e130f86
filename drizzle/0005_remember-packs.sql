CREATE TABLE "pack_rows" (
	"table_name" text NOT NULL,
	"row_id" text NOT NULL,
	"value" jsonb NOT NULL,
	CONSTRAINT "pack_rows_table_name_row_id_pk" PRIMARY KEY("table_name","row_id")
);
--> statement-breakpoint
DROP INDEX "reminders_due";--> statement-breakpoint
DROP INDEX "reminders_spent";--> statement-breakpoint
CREATE INDEX "profiles_id_number" ON "profiles" USING btree ("id_number_index");--> statement-breakpoint
CREATE INDEX "wechat_identities_unionid" ON "wechat_identities" USING btree ("unionid");--> statement-breakpoint
CREATE INDEX "case_tasks_assignee" ON "case_tasks" USING btree ("assignee_id") WHERE "case_tasks"."assignee_id" is not null;--> statement-breakpoint
CREATE INDEX "cases_under_way" ON "cases" USING btree ("id") WHERE "cases"."ended_at" is null;--> statement-breakpoint
CREATE INDEX "idempotency_keys_created" ON "idempotency_keys" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "staff_id_number" ON "staff" USING btree ("id_number_index");--> statement-breakpoint
CREATE INDEX "ratings_rated_by" ON "ratings" USING btree ("rated_by");--> statement-breakpoint
CREATE INDEX "reminders_unread" ON "reminders" USING btree ("recipient") WHERE "reminders"."read_at" is null and "reminders"."dropped_at" is null;--> statement-breakpoint
CREATE INDEX "reminders_due" ON "reminders" USING btree ("urgent" DESC NULLS FIRST,"available_at","id") WHERE "reminders"."sent_at" is null and "reminders"."failed_at" is null and "reminders"."dropped_at" is null;--> statement-breakpoint
CREATE INDEX "reminders_spent" ON "reminders" USING btree (coalesce("sent_at", "sending_at"));