SET LOCAL lock_timeout = '500ms';--> statement-breakpoint
CREATE INDEX "documents_publicity" ON "documents" USING btree ("issued_at") WHERE "documents"."kind" = 'publicity';