SET LOCAL lock_timeout = '500ms';--> statement-breakpoint
CREATE TABLE "reply_templates" (
	"unit_id" text NOT NULL,
	"act" text NOT NULL,
	"version" integer NOT NULL,
	"replies" jsonb NOT NULL,
	CONSTRAINT "reply_templates_unit_id_act_pk" PRIMARY KEY("unit_id","act")
);
