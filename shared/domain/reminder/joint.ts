import { restingWords } from '../case/parallel/refused-words'
import { stepOf } from '../case/route'
import type { PlainDate } from '../kernel/plain-date'
import type { HeldTask, PlanContext, PlannedReminder, ReminderChange } from './change'
import { broughtMessage } from './staff'

/** Of what rests on a permit that was refused: what is left to whoever decides it. */
export const restingLines = (
  { item, after }: ReminderChange,
  tasks: readonly HeldTask[],
  unitName: PlanContext['unitName'],
) =>
  tasks.flatMap(
    ({ stepKey, partUnitId }) => restingWords(item, after, { stepKey, unitId: partUnitId }, unitName) ?? [],
  )

const CAME = '你们要补的，申请人补来了。看一遍，还不行的，受理以前告诉受理的人'

/** 行政许可法 第32条: whoever asked for it before acceptance hears that it has come, though it is another's to accept. */
export function suppliedReminders(
  change: ReminderChange,
  { holders }: PlanContext,
  today: PlainDate,
  told: ReadonlyMap<string, unknown>,
): PlannedReminder[] {
  const { item, after, held, actor } = change
  const supplied = change.events.find(({ event }) => event.type === 'supplemented')
  if (supplied?.event.type !== 'supplemented' || after.accepted !== null || after.corrections.length === 0)
    return []
  const { papers = [], fields = [] } = supplied.event.change ?? {}
  const came = { material: papers, field: fields }
  const asking = (after.drafts ?? []).filter((draft) =>
    draft.items.some(({ kind, name }) => came[kind].includes(name)),
  )
  const hearing = asking.flatMap(({ stepKey, unitId }) =>
    holders(stepOf(item, stepKey).role, unitId).map(({ id }): readonly [string, string] => [id, stepKey]),
  )
  const isBarred = (id: string) => held.some(({ barred }) => barred.includes(id))
  return [...new Map(hearing)]
    .filter(([id]) => id !== actor.staffId && !told.has(id) && !isBarred(id))
    .map(([id, stepKey]) => ({
      ...broughtMessage(change, { stepKey, dueOn: null }, 'supplemented', [CAME], today),
      kind: 'asked-supplied',
      eventId: supplied.id,
      recipient: `staff:${id}`,
    }))
}
