import type { createPlanDueReminders } from '../features/reminder'
import type { Log } from '../platform/ports/log'
import { runDeadlines } from './run-deadlines'

/** When the offices are open: reminds applicants of notices, staff of tasks that run out; the drain sends it. */
export async function remindOfDeadlines(deps: {
  readonly runCaseDeadlines: () => Promise<{ readonly moved: number }>
  readonly planDueReminders: ReturnType<typeof createPlanDueReminders>
  readonly log: Log
}) {
  await runDeadlines(deps)
  const plan = await deps.planDueReminders()
  if (plan.tasks > 0)
    deps.log.info('job.remind-of-deadlines', { tasks: plan.tasks, reminders: plan.reminders })
  return plan
}
