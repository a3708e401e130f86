import type { createPlanDueReminders } from '../features/reminder'
import type { Log } from '../platform/ports/log'

/** Plans reminders of tasks that run out; the drain sends them. */
export async function remindOfDeadlines(deps: {
  readonly planDueReminders: ReturnType<typeof createPlanDueReminders>
  readonly log: Log
}) {
  const plan = await deps.planDueReminders()
  if (plan.tasks > 0)
    deps.log.info('job.remind-of-deadlines', { tasks: plan.tasks, reminders: plan.reminders })
  return plan
}
