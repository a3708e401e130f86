import { View } from '@tarojs/components'
import { useState } from 'react'
import type { CaseView } from '#shared/contract/case'
import { today } from '../../../platform/clock'
import { Notice } from '../../../ui/feedback/notice'
import { Button } from '../../../ui/form/button'
import { Sheet, SheetActions } from '../../../ui/layout/sheet'
import { Day, WithDays } from '../../../ui/surface/day'
import { momentDay, shortDayWords } from '../../../ui/words/dates'
import { callOf } from '../../service-item/parts/whom-to-call'
import { ChangeTroubleView } from './change-trouble'
import { untilTakenBack } from './until-taken-back'
import { type Reload, useCaseChange } from './use-case-change'

type Nudge = NonNullable<CaseView['nudge']>

const changeSince = ({ nudgedAt: before }: CaseView) => ({
  door: 'nudge' as const,
  // Whoever else waits for it may have been the first.
  done: '催过了',
  isPossible: ({ nudge }: CaseView) => nudge?.nextAllowedAt === null,
  // Where there is nothing more to nudge for, it may have been for this one that somebody went on.
  isDone: ({ nudge, nudgedAt }: CaseView) =>
    typeof nudge?.nextAllowedAt === 'string' || (nudgedAt !== undefined && nudgedAt !== before),
})

/** Somebody has it to do, and is there. */
export const isNudgeable = ({ nudge }: CaseView) => typeof nudge?.to === 'string'

export const NOBODY_THERE = '这一步现在没有人在岗，催不到人，打电话问。'

/** A day that is over is told on the page as what it is. */
function Unmoved({ view: { dueOn, newDueOn, apart, takingBack } }: { view: CaseView }) {
  if (takingBack) return <>期限不变。{untilTakenBack(takingBack.by)}</>
  const on = newDueOn ?? dueOn
  if (on === null || on < today()) return <>期限不变。</>
  return (
    <>
      期限不变，还是{apart === null ? '最晚' : '承诺'} <Day on={on} />。
    </>
  )
}

interface NudgeSheetProps {
  view: CaseView
  nudge: Nudge
  onChanged: Reload
  onClose: () => void
}

function NudgeSheet({ view, nudge, onChanged, onClose }: NudgeSheetProps) {
  const [since] = useState(() => changeSince(view))
  const change = useCaseChange(view, { ...since, onDone: onClose }, onChanged)
  const { side, call } = callOf(view)
  const isOver = change.failed?.kind === 'over' || change.failed?.kind === 'final'
  return (
    <Sheet title={`催一催 ${nudge.to}？`} onClose={onClose}>
      <View>
        会提醒{nudge.whom}。<WithDays words={view.decisionAwaits ?? ''} />
        {!view.dueDoubted && <Unmoved view={view} />}
      </View>
      <Notice className='mt-4'>3 天能催一次。急用的话，直接打电话更快。</Notice>
      <ChangeTroubleView change={change} title='没催成' unknown='不知道催成没有' instead='' />
      <SheetActions>
        {!isOver && (
          <Button
            block
            loading={change.isBusy ? '正在催，别关' : undefined}
            onPress={() => void change.start()}
          >
            催一催
          </Button>
        )}
        <Button kind='secondary' block icon='phone' onPress={call}>
          {side}
        </Button>
      </SheetActions>
    </Sheet>
  )
}

/** 催一催: asked once more, on a sheet that stays as it was opened; `sheet` goes over the page. */
export function useNudge(view: CaseView | undefined, onChanged: Reload) {
  const [opened, setOpened] = useState<Nudge>()
  return {
    open: () => setOpened(view?.nudge ?? undefined),
    sheet: view && opened && (
      <NudgeSheet view={view} nudge={opened} onChanged={onChanged} onClose={() => setOpened(undefined)} />
    ),
  }
}

/** Outlined: nothing is asked of whoever waits. */
export function NudgeButton({ nudge, onPress }: { nudge: CaseView['nudge']; onPress: () => void }) {
  const next = nudge?.nextAllowedAt ?? null
  return (
    <Button kind='secondary' className='grow' icon='urge' disabled={next !== null} onPress={onPress}>
      {next === null ? '催一催' : `${shortDayWords(momentDay(next))} 能再催`}
    </Button>
  )
}
