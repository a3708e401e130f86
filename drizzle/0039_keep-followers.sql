SET LOCAL lock_timeout = '500ms';--> statement-breakpoint
CREATE TABLE "followers" (
	"openid" text PRIMARY KEY NOT NULL,
	"unionid" text NOT NULL,
	"learnt_at" timestamp(3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE INDEX "followers_unionid" ON "followers" USING btree ("unionid");