SET LOCAL lock_timeout = '500ms';--> statement-breakpoint
CREATE TABLE "left_filings" (
	"wechat_index" text NOT NULL,
	"case_id" uuid NOT NULL,
	CONSTRAINT "left_filings_wechat_index_case_id_pk" PRIMARY KEY("wechat_index","case_id")
);
--> statement-breakpoint
ALTER TABLE "wechat_identities" ADD COLUMN "wechat_index" text;