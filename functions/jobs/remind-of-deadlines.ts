import type { createPlanDueReminders } from '../features/reminder'
import type { Log } from '../platform/ports/log'
import { runDeadlines } from './run-deadlines'

/**
 * When the offices are open: reminds applicants of notices, hands over what nobody is there for, reminds staff of tasks
 * that run out, and tells of powers that have ended while a case goes on by them and of certificates that end soon; the drain sends it.
 */
export async function remindOfDeadlines(deps: {
  readonly handOver: () => Promise<{ readonly handedOver: number }>
  readonly runCaseDeadlines: () => Promise<{ readonly moved: number }>
  readonly fillSearch: () => Promise<number>
  readonly planDueReminders: ReturnType<typeof createPlanDueReminders>
  readonly planPowerEnds: () => Promise<number>
  readonly planCertificateEnds: () => Promise<number>
  readonly log: Log
}) {
  await runDeadlines(deps)
  const { handedOver } = await deps.handOver()
  if (handedOver > 0) deps.log.info('job.hand-over', { handedOver })
  const powerEnds = await deps.planPowerEnds()
  if (powerEnds > 0) deps.log.info('job.power-ends', { reminders: powerEnds })
  const certificateEnds = await deps.planCertificateEnds()
  if (certificateEnds > 0) deps.log.info('job.certificate-ends', { reminders: certificateEnds })
  const plan = await deps.planDueReminders()
  if (plan.tasks > 0)
    deps.log.info('job.remind-of-deadlines', { tasks: plan.tasks, reminders: plan.reminders })
  return plan
}
