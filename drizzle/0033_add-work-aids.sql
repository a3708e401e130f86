SET LOCAL lock_timeout = '500ms';--> statement-breakpoint
CREATE TABLE "missed_items" (
	"case_id" uuid NOT NULL,
	"sequence" integer NOT NULL,
	"kind" text NOT NULL,
	"name" text NOT NULL,
	"unit_id" text NOT NULL,
	"staff_id" text,
	"service_item_id" text NOT NULL,
	"item_version" integer NOT NULL,
	"asked_at" timestamp(3) with time zone NOT NULL,
	CONSTRAINT "missed_items_case_id_sequence_unit_id_kind_name_pk" PRIMARY KEY("case_id","sequence","unit_id","kind","name")
);
--> statement-breakpoint
CREATE TABLE "reply_templates" (
	"unit_id" text NOT NULL,
	"act" text NOT NULL,
	"version" integer NOT NULL,
	"replies" jsonb NOT NULL,
	CONSTRAINT "reply_templates_unit_id_act_pk" PRIMARY KEY("unit_id","act")
);
--> statement-breakpoint
CREATE INDEX "missed_items_staff" ON "missed_items" USING btree ("staff_id","asked_at") WHERE "missed_items"."staff_id" is not null;--> statement-breakpoint
CREATE INDEX "missed_items_unit" ON "missed_items" USING btree ("unit_id","service_item_id","asked_at");--> statement-breakpoint
CREATE INDEX "missed_items_asked" ON "missed_items" USING btree ("asked_at");