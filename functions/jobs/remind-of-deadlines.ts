import type { createPlanDueReminders } from '../features/reminder'
import type { Log } from '../platform/ports/log'

/** Hands over what nobody is there for, then plans reminders of tasks that run out; the drain sends them. */
export async function remindOfDeadlines(deps: {
  readonly handOver: () => Promise<{ readonly handedOver: number }>
  readonly planDueReminders: ReturnType<typeof createPlanDueReminders>
  readonly log: Log
}) {
  const { handedOver } = await deps.handOver()
  if (handedOver > 0) deps.log.info('job.hand-over', { handedOver })
  const plan = await deps.planDueReminders()
  if (plan.tasks > 0)
    deps.log.info('job.remind-of-deadlines', { tasks: plan.tasks, reminders: plan.reminders })
  return plan
}
