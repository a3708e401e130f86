SET LOCAL lock_timeout = '500ms';--> statement-breakpoint
CREATE TABLE "notice_objections" (
	"id" uuid PRIMARY KEY NOT NULL,
	"case_id" uuid NOT NULL,
	"document_id" uuid NOT NULL,
	"step_key" text NOT NULL,
	"unit_id" text NOT NULL,
	"takers" text[] NOT NULL,
	"words_sealed" text NOT NULL,
	"contact_sealed" text,
	"leaves_phone" boolean NOT NULL,
	"intent_key" text NOT NULL,
	"body_hash" text NOT NULL,
	"raised_at" timestamp(3) with time zone NOT NULL,
	"outcome" text,
	"settled_at" timestamp(3) with time zone,
	"settled_by" text,
	"told_at" timestamp(3) with time zone,
	"told_by" text,
	"closed_at" timestamp(3) with time zone
);
--> statement-breakpoint
CREATE UNIQUE INDEX "notice_objections_intent" ON "notice_objections" USING btree ("intent_key");--> statement-breakpoint
CREATE INDEX "notice_objections_case" ON "notice_objections" USING btree ("case_id");--> statement-breakpoint
CREATE INDEX "notice_objections_open" ON "notice_objections" USING btree ("raised_at","id") WHERE "notice_objections"."closed_at" is null;