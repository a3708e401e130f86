SET LOCAL lock_timeout = '500ms';--> statement-breakpoint
CREATE TABLE "consent_entries" (
	"key" text PRIMARY KEY NOT NULL,
	"openid" text NOT NULL,
	"template_id" text NOT NULL,
	"kind" text NOT NULL,
	"at" timestamp(3) with time zone NOT NULL,
	"delivery_id" uuid,
	"credits" integer,
	"refused_at" timestamp(3) with time zone
);
--> statement-breakpoint
CREATE TABLE "deliveries" (
	"id" uuid PRIMARY KEY NOT NULL,
	"reminder_id" uuid NOT NULL,
	"recipient" text NOT NULL,
	"channel" text NOT NULL,
	"attempt" integer NOT NULL,
	"template_id" text,
	"openid" text,
	"begun_at" timestamp(3) with time zone NOT NULL,
	"ended_at" timestamp(3) with time zone,
	"outcome" text,
	"message_id" text,
	"error_code" integer,
	"delivered_at" timestamp(3) with time zone,
	"failed_at" timestamp(3) with time zone,
	"spent_consent" boolean NOT NULL,
	CONSTRAINT "deliveries_once" UNIQUE("reminder_id","channel","attempt")
);
--> statement-breakpoint
-- What is large is copied before anything is locked: the version before serves beside it. Columns that only that one reads stay.
-- The last attempt of each. Of those before it only those are known whose outcome nobody knew.
INSERT INTO "deliveries" SELECT gen_random_uuid(), r.id, r.recipient, d.channel, greatest(r.attempts, 1 + r.unknown_sends), r.template_id, i.openid,
	coalesce(r.sending_at, r.sent_at, r.failed_at, r.created_at),
	CASE WHEN d.outcome <> 'under way' THEN coalesce(r.sent_at, r.failed_at, r.sending_at, r.created_at) END,
	nullif(d.outcome, 'under way'), r.wechat_message_id, r.error_code,
	CASE WHEN d.is_out THEN r.delivered_at END, CASE WHEN d.is_out THEN r.failed_at END, d.is_out AND d.channel = 'subscribe'
FROM "reminders" r
CROSS JOIN LATERAL (SELECT
	CASE WHEN r.channel <> 'inbox' THEN r.channel WHEN r.recipient LIKE 'staff:%' THEN 'relation' ELSE 'subscribe' END AS channel,
	r.channel <> 'inbox' AND (r.sent_at IS NOT NULL OR r.sending_at IS NOT NULL AND r.failed_at IS NULL) AS is_out,
	CASE WHEN r.channel <> 'inbox' AND r.sent_at IS NOT NULL THEN CASE WHEN r.because = 'outcome-unknown' THEN 'unknown' ELSE 'sent' END
		WHEN r.channel <> 'inbox' AND r.sending_at IS NOT NULL AND r.failed_at IS NULL
			THEN CASE WHEN r.lease_token IS NULL THEN 'unknown' ELSE 'under way' END
		WHEN r.failed_at IS NOT NULL THEN 'rejected'
		WHEN r.because IN ('no-consent', 'not-bound') THEN 'refused' ELSE 'retry' END AS outcome) d
LEFT JOIN LATERAL (SELECT openid FROM "wechat_identities" w WHERE d.outcome IN ('under way', 'unknown')
	AND w.profile_id = CASE WHEN r.recipient LIKE 'profile:%' THEN substr(r.recipient, 9)::uuid END
	ORDER BY created_at DESC, id DESC LIMIT 1) i ON true
WHERE r.attempts > 0 OR d.is_out;--> statement-breakpoint
INSERT INTO "deliveries" SELECT gen_random_uuid(), r.id, r.recipient,
	CASE WHEN r.channel <> 'inbox' THEN r.channel WHEN r.recipient LIKE 'staff:%' THEN 'relation' ELSE 'subscribe' END,
	n, r.template_id, i.openid, coalesce(r.sent_at, r.sending_at, r.created_at), coalesce(r.sent_at, r.sending_at, r.created_at),
	'unknown', NULL, NULL, NULL, NULL, false
FROM "reminders" r
CROSS JOIN LATERAL generate_series(1, r.unknown_sends) n
LEFT JOIN LATERAL (SELECT openid FROM "wechat_identities" w
	WHERE w.profile_id = CASE WHEN r.recipient LIKE 'profile:%' THEN substr(r.recipient, 9)::uuid END
	ORDER BY created_at DESC, id DESC LIMIT 1) i ON true
WHERE r.unknown_sends > 0;--> statement-breakpoint
ALTER TABLE "deliveries" ADD CONSTRAINT "deliveries_reminder_id_reminders_id_fk" FOREIGN KEY ("reminder_id") REFERENCES "public"."reminders"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "consent_entries_of" ON "consent_entries" USING btree ("openid","template_id");--> statement-breakpoint
CREATE INDEX "deliveries_begun" ON "deliveries" USING btree ("begun_at");--> statement-breakpoint
CREATE INDEX "deliveries_recipient" ON "deliveries" USING btree ("recipient","begun_at");--> statement-breakpoint
CREATE INDEX "deliveries_message" ON "deliveries" USING btree ("message_id") WHERE "deliveries"."message_id" is not null;--> statement-breakpoint
CREATE INDEX "deliveries_awaiting" ON "deliveries" USING btree ("openid","template_id") WHERE "deliveries"."channel" = 'subscribe' and "deliveries"."message_id" is null and coalesce("deliveries"."outcome", 'unknown') in ('unknown', 'sent');--> statement-breakpoint
DROP INDEX "reminders_spent";--> statement-breakpoint
DROP INDEX "reminders_wechat_message";--> statement-breakpoint
ALTER TABLE "reminders" ADD COLUMN "may_be_out" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "reminders" ADD COLUMN "put_off" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "reminders" ADD COLUMN "merged_into" uuid;--> statement-breakpoint
CREATE INDEX "reminders_open" ON "reminders" USING btree ("recipient","created_at") WHERE coalesce("reminders"."sent_at", "reminders"."failed_at", "reminders"."dropped_at") is null;--> statement-breakpoint
CREATE INDEX "reminders_leased" ON "reminders" USING btree ("recipient") WHERE "reminders"."leased_until" is not null;--> statement-breakpoint
CREATE INDEX "reminders_merged" ON "reminders" USING btree ("merged_into") WHERE "reminders"."merged_into" is not null;--> statement-breakpoint
UPDATE "reminders" SET may_be_out = true
	WHERE sent_at IS NULL AND failed_at IS NULL AND (sending_at IS NOT NULL OR unknown_sends > 0);--> statement-breakpoint
UPDATE "reminders" SET sent_at = failed_at, because = coalesce(because, 'rejected')
	WHERE sent_at IS NULL AND failed_at IS NOT NULL;--> statement-breakpoint
ALTER TABLE "consent_credits" ADD COLUMN "reset_at" timestamp(3) with time zone;--> statement-breakpoint
ALTER TABLE "consent_credits" ADD COLUMN "version" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
-- What was counted so far opens the book, and what WeChat may push again stands in it before that.
INSERT INTO "consent_entries" SELECT 'opening:' || openid || ':' || template_id, openid, template_id, 'opening', updated_at, NULL, credits, refused_at
FROM "consent_credits";--> statement-breakpoint
UPDATE "consent_credits" SET reset_at = updated_at;--> statement-breakpoint
INSERT INTO "consent_entries" SELECT 'accepted:' || substr(p.key, 9), c.openid, c.template_id, 'accepted',
	least(to_timestamp(split_part(p.key, ':', 3)::bigint), c.updated_at), NULL, NULL, NULL
FROM "received_pushes" p
JOIN "consent_credits" c ON c.openid = split_part(p.key, ':', 2) AND c.template_id = split_part(p.key, ':', 4)
WHERE p.key LIKE 'consent:%';--> statement-breakpoint
DELETE FROM "received_pushes" WHERE key LIKE 'consent:%';
