import type { createPlanDueReminders } from '../features/reminder'
import { eachOf } from '../platform/one-by-one'
import type { Log } from '../platform/ports/log'
import { deadlineWorks } from './run-deadlines'

/**
 * When the offices are open: reminds applicants of notices, hands over what nobody is there for, reminds staff of tasks
 * that run out, and tells of powers that have ended while a case goes on by them of certificates that end soon, and asks how it
 * was of what is over; the drain sends it. Each of these is done whatever becomes of the others.
 */
export async function remindOfDeadlines(deps: {
  readonly handOver: () => Promise<{ readonly handedOver: number }>
  readonly runCaseDeadlines: () => Promise<{ readonly moved: number }>
  readonly fillSearch: () => Promise<number>
  readonly planDueReminders: ReturnType<typeof createPlanDueReminders>
  readonly planPowerEnds: () => Promise<number>
  readonly planCertificateEnds: () => Promise<number>
  readonly planRatingInvitations: () => Promise<number>
  readonly log: Log
}): Promise<void> {
  const { log } = deps
  await eachOf(log, {
    ...deadlineWorks(deps),
    'job.hand-over': async () => {
      const { handedOver } = await deps.handOver()
      if (handedOver > 0) log.info('job.hand-over', { handedOver })
    },
    'job.power-ends': async () => {
      const reminders = await deps.planPowerEnds()
      if (reminders > 0) log.info('job.power-ends', { reminders })
    },
    'job.certificate-ends': async () => {
      const reminders = await deps.planCertificateEnds()
      if (reminders > 0) log.info('job.certificate-ends', { reminders })
    },
    'job.rating-invitations': async () => {
      const reminders = await deps.planRatingInvitations()
      if (reminders > 0) log.info('job.rating-invitations', { reminders })
    },
    'job.remind-of-deadlines': async () => {
      const { tasks, reminders } = await deps.planDueReminders()
      if (tasks > 0) log.info('job.remind-of-deadlines', { tasks, reminders })
    },
  })
}
