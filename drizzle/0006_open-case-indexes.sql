CREATE INDEX "cases_filed_for_self" ON "cases" USING btree ("filed_by","id") WHERE "cases"."entered_by" is null;--> statement-breakpoint
CREATE INDEX "cases_open_filed_by" ON "cases" USING btree ("filed_by") WHERE "cases"."ended_at" is null;--> statement-breakpoint
CREATE INDEX "cases_open_applicant" ON "cases" USING btree ("applicant_index","id") WHERE "cases"."ended_at" is null;