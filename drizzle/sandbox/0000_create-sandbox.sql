CREATE SCHEMA "sandbox";
--> statement-breakpoint
CREATE TABLE "sandbox"."account_states" (
	"appid" text PRIMARY KEY NOT NULL,
	"forced_on" text NOT NULL,
	"forced_times" integer NOT NULL,
	"forced_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "sandbox"."allowances" (
	"person" text NOT NULL,
	"kind" text NOT NULL,
	"remaining" integer NOT NULL,
	"until_at" bigint NOT NULL,
	CONSTRAINT "allowances_person_kind_pk" PRIMARY KEY("person","kind")
);
--> statement-breakpoint
CREATE TABLE "sandbox"."client_messages" (
	"person" text NOT NULL,
	"client_message_id" text NOT NULL,
	"message_id" text NOT NULL,
	"sent_at" bigint NOT NULL,
	CONSTRAINT "client_messages_person_client_message_id_pk" PRIMARY KEY("person","client_message_id")
);
--> statement-breakpoint
CREATE TABLE "sandbox"."clocks" (
	"id" integer PRIMARY KEY NOT NULL,
	"offset_milliseconds" bigint NOT NULL,
	"latest_at" bigint NOT NULL,
	"moved_by" text,
	"moving_until_machine" bigint
);
--> statement-breakpoint
CREATE TABLE "sandbox"."codes" (
	"code" text PRIMARY KEY NOT NULL,
	"purpose" text NOT NULL,
	"appid" text NOT NULL,
	"person" text NOT NULL,
	"expires_at" bigint NOT NULL,
	"used_at" bigint
);
--> statement-breakpoint
CREATE TABLE "sandbox"."conversation" (
	"id" text PRIMARY KEY NOT NULL,
	"person" text NOT NULL,
	"speaker" text NOT NULL,
	"content" text NOT NULL,
	"at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "sandbox"."credits" (
	"person" text NOT NULL,
	"template_id" text NOT NULL,
	"credits" integer NOT NULL,
	CONSTRAINT "credits_person_template_id_pk" PRIMARY KEY("person","template_id")
);
--> statement-breakpoint
CREATE TABLE "sandbox"."deliveries" (
	"message_id" text PRIMARY KEY NOT NULL,
	"api" text NOT NULL,
	"person" text NOT NULL,
	"template_id" text NOT NULL,
	"page" text NOT NULL,
	"data" text NOT NULL,
	"sent_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "sandbox"."entries" (
	"name" text PRIMARY KEY NOT NULL,
	"value" text NOT NULL,
	"expires_at" bigint
);
--> statement-breakpoint
CREATE TABLE "sandbox"."faults" (
	"id" text PRIMARY KEY NOT NULL,
	"path" text NOT NULL,
	"kind" text NOT NULL,
	"remaining" integer NOT NULL,
	"errcode" integer,
	"milliseconds" integer
);
--> statement-breakpoint
CREATE TABLE "sandbox"."followers" (
	"person" text PRIMARY KEY NOT NULL,
	"since" bigint
);
--> statement-breakpoint
CREATE TABLE "sandbox"."people" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"village_code" text NOT NULL,
	"id_number" text NOT NULL,
	"phone" text NOT NULL,
	"created_at" bigint NOT NULL,
	CONSTRAINT "people_phone_unique" UNIQUE("phone")
);
--> statement-breakpoint
CREATE TABLE "sandbox"."pushes" (
	"id" text PRIMARY KEY NOT NULL,
	"appid" text NOT NULL,
	"person" text NOT NULL,
	"message" text NOT NULL,
	"attempts" integer NOT NULL,
	"due_at_machine" bigint NOT NULL,
	"ended_at_machine" bigint,
	"outcome" text
);
--> statement-breakpoint
CREATE TABLE "sandbox"."quotas" (
	"appid" text NOT NULL,
	"path" text NOT NULL,
	"day" text NOT NULL,
	"used" integer NOT NULL,
	CONSTRAINT "quotas_key" UNIQUE("appid","path","day")
);
--> statement-breakpoint
CREATE TABLE "sandbox"."relations" (
	"person" text PRIMARY KEY NOT NULL
);
--> statement-breakpoint
CREATE TABLE "sandbox"."tokens" (
	"token" text PRIMARY KEY NOT NULL,
	"appid" text NOT NULL,
	"family" text NOT NULL,
	"issued_at" bigint NOT NULL,
	"expires_at" bigint NOT NULL,
	"superseded_at" bigint
);
--> statement-breakpoint
CREATE INDEX "conversation_person" ON "sandbox"."conversation" USING btree ("person","at");--> statement-breakpoint
CREATE INDEX "deliveries_person" ON "sandbox"."deliveries" USING btree ("person","sent_at");--> statement-breakpoint
CREATE INDEX "pushes_due" ON "sandbox"."pushes" USING btree ("ended_at_machine","due_at_machine");--> statement-breakpoint
CREATE INDEX "tokens_family" ON "sandbox"."tokens" USING btree ("appid","family","issued_at");