SET LOCAL lock_timeout = '500ms';--> statement-breakpoint
-- Queues count by the index alone only what was vacuumed since it was written; by default a fifth of all tasks must have
-- changed before. It blocks neither readers nor writers.
ALTER TABLE "case_tasks" SET (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_insert_scale_factor = 0.02);
