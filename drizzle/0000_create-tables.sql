CREATE SEQUENCE "public"."case_number_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1;--> statement-breakpoint
CREATE TABLE "enterprise_agents" (
	"enterprise_id" text NOT NULL,
	"profile_id" uuid NOT NULL,
	"item_ids" text[],
	"until" date,
	CONSTRAINT "enterprise_agents_enterprise_id_profile_id_pk" PRIMARY KEY("enterprise_id","profile_id")
);
--> statement-breakpoint
CREATE TABLE "enterprises" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"kind" text NOT NULL,
	"credit_code" text NOT NULL,
	"legal_representative" text NOT NULL,
	"village_code" text,
	"address" text NOT NULL,
	"permits" jsonb NOT NULL,
	"demo" boolean NOT NULL,
	CONSTRAINT "enterprises_creditCode_unique" UNIQUE("credit_code")
);
--> statement-breakpoint
CREATE TABLE "invitations" (
	"id" uuid PRIMARY KEY NOT NULL,
	"token_hash" text NOT NULL,
	"staff_id" text NOT NULL,
	"created_at" timestamp(3) with time zone NOT NULL,
	"expires_at" timestamp(3) with time zone NOT NULL,
	"redeemed_at" timestamp(3) with time zone,
	"created_by" text,
	CONSTRAINT "invitations_token_hash" UNIQUE("token_hash")
);
--> statement-breakpoint
CREATE TABLE "profiles" (
	"id" uuid PRIMARY KEY NOT NULL,
	"real_name_level" smallint NOT NULL,
	"name_sealed" text,
	"id_number_sealed" text,
	"id_number_index" text,
	"phone_sealed" text,
	"phone_index" text,
	"village_code" text,
	"elder_mode" boolean DEFAULT false NOT NULL,
	"staff_id" text,
	"joined_into" uuid,
	"consents" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"created_at" timestamp(3) with time zone NOT NULL,
	"demo" boolean NOT NULL,
	CONSTRAINT "profiles_staff_id" UNIQUE("staff_id")
);
--> statement-breakpoint
CREATE TABLE "sessions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"token_hash" text NOT NULL,
	"profile_id" uuid NOT NULL,
	"identity_id" uuid NOT NULL,
	"device" text NOT NULL,
	"created_at" timestamp(3) with time zone NOT NULL,
	"last_seen_at" timestamp(3) with time zone NOT NULL,
	"expires_at" timestamp(3) with time zone NOT NULL,
	"revoked_at" timestamp(3) with time zone,
	CONSTRAINT "sessions_token_hash" UNIQUE("token_hash")
);
--> statement-breakpoint
CREATE TABLE "wechat_identities" (
	"id" uuid PRIMARY KEY NOT NULL,
	"appid" text NOT NULL,
	"openid" text NOT NULL,
	"unionid" text,
	"profile_id" uuid NOT NULL,
	"created_at" timestamp(3) with time zone NOT NULL,
	CONSTRAINT "wechat_identities_openid" UNIQUE("appid","openid")
);
--> statement-breakpoint
CREATE TABLE "slot_counters" (
	"service_item_id" text NOT NULL,
	"field_key" text NOT NULL,
	"slot_on" date NOT NULL,
	"half" text NOT NULL,
	"booked" integer NOT NULL,
	CONSTRAINT "slot_counters_service_item_id_field_key_slot_on_half_pk" PRIMARY KEY("service_item_id","field_key","slot_on","half")
);
--> statement-breakpoint
CREATE TABLE "uploads" (
	"id" uuid PRIMARY KEY NOT NULL,
	"owner_id" uuid NOT NULL,
	"name_sealed" text NOT NULL,
	"content_type" text NOT NULL,
	"size" bigint NOT NULL,
	"storage_key" text NOT NULL,
	"case_id" uuid,
	"created_at" timestamp(3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "audit_entries" (
	"id" uuid PRIMARY KEY NOT NULL,
	"at" timestamp(3) with time zone NOT NULL,
	"actor" text NOT NULL,
	"action" text NOT NULL,
	"subject" text NOT NULL,
	"reason_digest" text,
	"request_id" text
);
--> statement-breakpoint
CREATE TABLE "case_events" (
	"case_id" uuid NOT NULL,
	"sequence" integer NOT NULL,
	"id" uuid NOT NULL,
	"type" text NOT NULL,
	"at" timestamp(3) with time zone NOT NULL,
	"actor" text NOT NULL,
	"payload" text NOT NULL,
	"hash" text NOT NULL,
	CONSTRAINT "case_events_case_id_sequence_pk" PRIMARY KEY("case_id","sequence"),
	CONSTRAINT "case_events_id" UNIQUE("id")
);
--> statement-breakpoint
CREATE TABLE "case_number_days" (
	"filed_on" date PRIMARY KEY NOT NULL,
	"base" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "case_tasks" (
	"case_id" uuid NOT NULL,
	"step_key" text NOT NULL,
	"role" text NOT NULL,
	"unit_id" text NOT NULL,
	"part_unit_id" text NOT NULL,
	"queue" text NOT NULL,
	"assignee_id" text,
	"due_on" date,
	"sort_on" date NOT NULL,
	"opened_at" timestamp(3) with time zone NOT NULL,
	"unstaffed" boolean DEFAULT false NOT NULL,
	"reminded_for" text,
	CONSTRAINT "case_tasks_case_id_step_key_part_unit_id_role_unit_id_pk" PRIMARY KEY("case_id","step_key","part_unit_id","role","unit_id")
);
--> statement-breakpoint
CREATE TABLE "case_texts" (
	"case_id" uuid NOT NULL,
	"digest" text NOT NULL,
	"kind" text NOT NULL,
	"sealed" text NOT NULL,
	"created_at" timestamp(3) with time zone NOT NULL,
	CONSTRAINT "case_texts_case_id_digest_pk" PRIMARY KEY("case_id","digest")
);
--> statement-breakpoint
CREATE TABLE "cases" (
	"id" uuid PRIMARY KEY NOT NULL,
	"case_number" text NOT NULL,
	"service_item_id" text NOT NULL,
	"item_version" integer NOT NULL,
	"status" text NOT NULL,
	"version" integer NOT NULL,
	"state" jsonb NOT NULL,
	"filed_by" uuid NOT NULL,
	"applicant_index" text,
	"duplicate_index" text,
	"duplicate_guard" text,
	"applicant_masked" text NOT NULL,
	"village_code" text,
	"organ_unit_id" text NOT NULL,
	"due_on" date,
	"sort_on" date,
	"filed_at" timestamp(3) with time zone NOT NULL,
	"updated_at" timestamp(3) with time zone NOT NULL,
	"ended_at" timestamp(3) with time zone,
	CONSTRAINT "cases_case_number" UNIQUE("case_number"),
	CONSTRAINT "cases_duplicate_guard" UNIQUE("duplicate_guard")
);
--> statement-breakpoint
CREATE TABLE "document_counters" (
	"unit_id" text NOT NULL,
	"kind" text NOT NULL,
	"year" integer NOT NULL,
	"last" integer NOT NULL,
	CONSTRAINT "document_counters_unit_id_kind_year_pk" PRIMARY KEY("unit_id","kind","year")
);
--> statement-breakpoint
CREATE TABLE "documents" (
	"id" uuid PRIMARY KEY NOT NULL,
	"case_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"unit_id" text NOT NULL,
	"year" integer NOT NULL,
	"number" integer NOT NULL,
	"document_number" text NOT NULL,
	"issued_at" timestamp(3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "credentials" (
	"id" uuid PRIMARY KEY NOT NULL,
	"holder_index" text NOT NULL,
	"code" text NOT NULL,
	"name" text NOT NULL,
	"issuer_unit_id" text NOT NULL,
	"valid_to" date,
	"values_sealed" text NOT NULL,
	"demo" boolean NOT NULL
);
--> statement-breakpoint
CREATE TABLE "idempotency_keys" (
	"principal" text NOT NULL,
	"route" text NOT NULL,
	"key" text NOT NULL,
	"body_hash" text NOT NULL,
	"status" integer,
	"answer" text,
	"created_at" timestamp(3) with time zone NOT NULL,
	CONSTRAINT "idempotency_keys_principal_route_key_pk" PRIMARY KEY("principal","route","key")
);
--> statement-breakpoint
CREATE TABLE "county_facts" (
	"key" text PRIMARY KEY NOT NULL,
	"value" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "reference_data" (
	"id" integer PRIMARY KEY DEFAULT 1 NOT NULL,
	"revision" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "service_points" (
	"id" text PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"unit_id" text NOT NULL,
	"name" text NOT NULL,
	"address" text NOT NULL,
	"phone" text NOT NULL,
	"windows" integer NOT NULL,
	"hours" jsonb NOT NULL,
	"details" jsonb NOT NULL,
	"demo" boolean NOT NULL
);
--> statement-breakpoint
CREATE TABLE "staff" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"phone_sealed" text,
	"id_number_index" text,
	"part_time" boolean NOT NULL,
	"duty_hours" jsonb NOT NULL,
	"leave" jsonb NOT NULL,
	"reminder_at" text,
	"max_open_cases" integer,
	"substitute_id" text,
	"active" boolean DEFAULT true NOT NULL,
	"demo" boolean NOT NULL
);
--> statement-breakpoint
CREATE TABLE "staff_roles" (
	"staff_id" text NOT NULL,
	"role" text NOT NULL,
	"unit_id" text NOT NULL,
	"acting" boolean NOT NULL,
	CONSTRAINT "staff_roles_staff_id_role_unit_id_pk" PRIMARY KEY("staff_id","role","unit_id")
);
--> statement-breakpoint
CREATE TABLE "units" (
	"id" text PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"name" text NOT NULL,
	"short_name" text NOT NULL,
	"parent_id" text,
	"credit_code" text NOT NULL,
	"phone" text,
	"address" text,
	"document_prefix" text,
	"review_authority" text,
	"court" text,
	"demo" boolean NOT NULL
);
--> statement-breakpoint
CREATE TABLE "ratings" (
	"case_id" uuid PRIMARY KEY NOT NULL,
	"level" smallint NOT NULL,
	"reasons" text[] NOT NULL,
	"comment_sealed" text,
	"rated_by" uuid NOT NULL,
	"rated_at" timestamp(3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "consent_credits" (
	"openid" text NOT NULL,
	"template_id" text NOT NULL,
	"credits" integer NOT NULL,
	"refused_at" timestamp(3) with time zone,
	"updated_at" timestamp(3) with time zone NOT NULL,
	CONSTRAINT "consent_credits_openid_template_id_pk" PRIMARY KEY("openid","template_id")
);
--> statement-breakpoint
CREATE TABLE "received_pushes" (
	"key" text PRIMARY KEY NOT NULL,
	"received_at" timestamp(3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "reminders" (
	"id" uuid PRIMARY KEY NOT NULL,
	"event_id" uuid NOT NULL,
	"case_id" uuid,
	"kind" text NOT NULL,
	"recipient" text NOT NULL,
	"urgent" boolean NOT NULL,
	"template_id" text,
	"body_sealed" text NOT NULL,
	"channel" text NOT NULL,
	"because" text,
	"created_at" timestamp(3) with time zone NOT NULL,
	"available_at" timestamp(3) with time zone NOT NULL,
	"lease_token" uuid,
	"leased_until" timestamp(3) with time zone,
	"sending_at" timestamp(3) with time zone,
	"attempts" integer DEFAULT 0 NOT NULL,
	"sent_at" timestamp(3) with time zone,
	"delivered_at" timestamp(3) with time zone,
	"failed_at" timestamp(3) with time zone,
	"dropped_at" timestamp(3) with time zone,
	"read_at" timestamp(3) with time zone,
	"wechat_message_id" text,
	"error_code" integer,
	CONSTRAINT "reminders_once" UNIQUE("event_id","recipient","kind")
);
--> statement-breakpoint
CREATE TABLE "service_items" (
	"id" text NOT NULL,
	"version" integer NOT NULL,
	"effective_on" date NOT NULL,
	"guide" jsonb NOT NULL,
	"demo" boolean NOT NULL,
	CONSTRAINT "service_items_id_version_pk" PRIMARY KEY("id","version")
);
--> statement-breakpoint
CREATE TABLE "calendar_years" (
	"year" integer PRIMARY KEY NOT NULL,
	"off_days" jsonb NOT NULL,
	"work_days" jsonb NOT NULL,
	"source" text NOT NULL
);
--> statement-breakpoint
ALTER TABLE "enterprise_agents" ADD CONSTRAINT "enterprise_agents_enterprise_id_enterprises_id_fk" FOREIGN KEY ("enterprise_id") REFERENCES "public"."enterprises"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "enterprise_agents" ADD CONSTRAINT "enterprise_agents_profile_id_profiles_id_fk" FOREIGN KEY ("profile_id") REFERENCES "public"."profiles"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invitations" ADD CONSTRAINT "invitations_staff_id_staff_id_fk" FOREIGN KEY ("staff_id") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "profiles" ADD CONSTRAINT "profiles_staff_id_staff_id_fk" FOREIGN KEY ("staff_id") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_profile_id_profiles_id_fk" FOREIGN KEY ("profile_id") REFERENCES "public"."profiles"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_identity_id_wechat_identities_id_fk" FOREIGN KEY ("identity_id") REFERENCES "public"."wechat_identities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "wechat_identities" ADD CONSTRAINT "wechat_identities_profile_id_profiles_id_fk" FOREIGN KEY ("profile_id") REFERENCES "public"."profiles"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "uploads" ADD CONSTRAINT "uploads_owner_id_profiles_id_fk" FOREIGN KEY ("owner_id") REFERENCES "public"."profiles"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cases" ADD CONSTRAINT "cases_filed_by_profiles_id_fk" FOREIGN KEY ("filed_by") REFERENCES "public"."profiles"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cases" ADD CONSTRAINT "cases_organ_unit_id_units_id_fk" FOREIGN KEY ("organ_unit_id") REFERENCES "public"."units"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "service_points" ADD CONSTRAINT "service_points_unit_id_units_id_fk" FOREIGN KEY ("unit_id") REFERENCES "public"."units"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "staff_roles" ADD CONSTRAINT "staff_roles_staff_id_staff_id_fk" FOREIGN KEY ("staff_id") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "staff_roles" ADD CONSTRAINT "staff_roles_unit_id_units_id_fk" FOREIGN KEY ("unit_id") REFERENCES "public"."units"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "enterprise_agents_profile" ON "enterprise_agents" USING btree ("profile_id");--> statement-breakpoint
CREATE UNIQUE INDEX "profiles_confirmed_id_number" ON "profiles" USING btree ("id_number_index") WHERE "profiles"."real_name_level" = 3 and "profiles"."joined_into" is null;--> statement-breakpoint
CREATE INDEX "sessions_profile" ON "sessions" USING btree ("profile_id");--> statement-breakpoint
CREATE INDEX "wechat_identities_profile" ON "wechat_identities" USING btree ("profile_id");--> statement-breakpoint
CREATE INDEX "uploads_case" ON "uploads" USING btree ("case_id");--> statement-breakpoint
CREATE INDEX "audit_entries_subject" ON "audit_entries" USING btree ("subject","at");--> statement-breakpoint
CREATE INDEX "case_tasks_pool" ON "case_tasks" USING btree ("unit_id","role","queue","sort_on","case_id");--> statement-breakpoint
CREATE INDEX "cases_filed_by" ON "cases" USING btree ("filed_by","id");--> statement-breakpoint
CREATE INDEX "cases_applicant" ON "cases" USING btree ("applicant_index","id");--> statement-breakpoint
CREATE INDEX "cases_duplicate" ON "cases" USING btree ("duplicate_index");--> statement-breakpoint
CREATE UNIQUE INDEX "documents_number" ON "documents" USING btree ("unit_id","kind","year","number");--> statement-breakpoint
CREATE INDEX "documents_case" ON "documents" USING btree ("case_id");--> statement-breakpoint
CREATE INDEX "credentials_holder" ON "credentials" USING btree ("holder_index","code");--> statement-breakpoint
CREATE INDEX "staff_roles_unit" ON "staff_roles" USING btree ("unit_id","role");--> statement-breakpoint
CREATE INDEX "units_parent" ON "units" USING btree ("parent_id");--> statement-breakpoint
CREATE INDEX "reminders_due" ON "reminders" USING btree ("available_at") WHERE "reminders"."sent_at" is null and "reminders"."failed_at" is null and "reminders"."dropped_at" is null;--> statement-breakpoint
CREATE INDEX "reminders_recipient" ON "reminders" USING btree ("recipient","created_at");--> statement-breakpoint
CREATE INDEX "reminders_wechat_message" ON "reminders" USING btree ("wechat_message_id");