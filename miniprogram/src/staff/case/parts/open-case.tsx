import { View } from '@tarojs/components'
import { type ReactNode, useState } from 'react'
import type { AllowedAction, CaseView } from '#shared/contract/case'
import { openPage } from '../../../platform/navigation'
import type { useRequest } from '../../../platform/use-request'
import { EmptyState } from '../../../ui/feedback/empty-state'
import { Skeleton } from '../../../ui/feedback/skeleton'
import { Button } from '../../../ui/form/button'
import { ActionBarSide, StickyActionBar } from '../../../ui/layout/action-bar'
import { Sheet } from '../../../ui/layout/sheet'
import { Cell, CellGroup } from '../../../ui/surface/cell'
import { buttonWords, inOrder, isPaged, type SheetAction } from './action-forms'
import { ActionSheet } from './action-sheet'
import { Answers, CaseHead, CaseWarnings, Decision, Documents, Past, Steps } from './case-cards'
import { type Clock, ClockSheet, Clocks } from './clocks'
import { IdentitySheet } from './identity-sheet'
import { LoadFault, SavedNotice } from './load-fault'
import { Papers } from './papers'
import { useAct } from './use-act'

type Request = ReturnType<typeof useRequest<CaseView>>

type Open =
  | { readonly kind: 'action'; readonly allowed: AllowedAction & { readonly action: SheetAction } }
  | { readonly kind: 'identity' }
  | { readonly kind: 'more' }
  | { readonly kind: 'clock'; readonly clock: Clock }

const hasSheet = (one: AllowedAction): one is AllowedAction & { readonly action: SheetAction } =>
  !isPaged(one.action)

function CaseContent({ view, onOpen }: { view: CaseView; onOpen: (open: Open) => void }) {
  return (
    <>
      <CaseHead view={view} />
      <View className='case-columns'>
        <View className='case-columns__clocks'>
          <Clocks clocks={view.staff?.clocks ?? []} onOpen={(clock) => onOpen({ kind: 'clock', clock })} />
          <CaseWarnings view={view} onIdentity={() => onOpen({ kind: 'identity' })} />
        </View>
        <View className='case-columns__main'>
          <Answers view={view} />
          <Papers papers={view.papers} />
        </View>
        <View className='case-columns__rest'>
          <Decision decision={view.decision} />
          <Steps steps={view.staff?.steps ?? []} />
          <Past view={view} />
          <Documents documents={view.documents} />
        </View>
      </View>
    </>
  )
}

interface BarProps {
  view: CaseView
  /** How many outlined buttons stand beside the filled one. */
  beside: number
  onAct: (allowed: AllowedAction) => void
  onMore: () => void
  onLeave: { readonly words: string; readonly onPress: () => void } | undefined
}

function CaseBar({ view, beside, onAct, onMore, onLeave }: BarProps) {
  const allowed = view.staff?.allowed ?? []
  const { main, others } = inOrder(allowed)
  if (allowed.length === 0) {
    return (
      <StickyActionBar note={view.correction ? '申请人补好了再办' : '这件现在没有要你办的'}>
        {onLeave && (
          <Button kind='secondary' onPress={onLeave.onPress}>
            {onLeave.words}
          </Button>
        )}
      </StickyActionBar>
    )
  }
  return (
    <StickyActionBar>
      {others.length > beside && <ActionBarSide icon='list' name='更多' onPress={onMore} />}
      {others.slice(0, beside).map((one) => (
        <Button key={one.action + one.stepKey + one.unitId} kind='secondary' onPress={() => onAct(one)}>
          {buttonWords(one, allowed)}
        </Button>
      ))}
      {main && <Button onPress={() => onAct(main)}>{buttonWords(main, allowed)}</Button>}
    </StickyActionBar>
  )
}

interface MoreSheetProps {
  view: CaseView
  beside: number
  onAct: (allowed: AllowedAction) => void
  onClose: () => void
}

function MoreSheet({ view, beside, onAct, onClose }: MoreSheetProps) {
  const allowed = view.staff?.allowed ?? []
  const { others } = inOrder(allowed)
  return (
    <Sheet title='还可以' onClose={onClose}>
      <CellGroup>
        {others.slice(beside).map((one) => (
          <Cell
            key={one.action + one.stepKey + one.unitId}
            label={buttonWords(one, allowed)}
            onPress={() => onAct(one)}
          />
        ))}
      </CellGroup>
    </Sheet>
  )
}

interface OpenCase {
  readonly content: ReactNode
  readonly bar: ReactNode
  /** Sheets: for `Page`'s `over`. */
  readonly over: ReactNode
}

interface OpenCaseOptions {
  beside: number
  /** After an act: the queue has changed. */
  onActed?: () => void
  onLeave?: { readonly words: string; readonly onPress: () => void }
}

/** One case with everything that can be done to it; alone on the phone, beside the queue at a desk. */
export function useOpenCase(request: Request, { beside, onActed, onLeave }: OpenCaseOptions): OpenCase {
  const { loaded, reload } = request
  const [open, setOpen] = useState<Open>()
  const view = loaded.state === 'ready' ? loaded.value : undefined
  const act = useAct(view, async () => {
    await reload()
    onActed?.()
  })
  const close = () => {
    act.forget()
    setOpen(undefined)
  }
  if (loaded.state === 'loading') {
    return { content: <Skeleton label='正在取这一件' cards={1} rows={4} />, bar: null, over: null }
  }
  if (loaded.state === 'failed') {
    return { content: <LoadFault trouble={loaded.trouble} onRetry={reload} />, bar: null, over: null }
  }
  if (!view?.staff) {
    return {
      content: (
        <EmptyState title='这件是你自己的' note='自己的事由别人办。你能在「我的办件」里看办到哪了。' />
      ),
      bar: null,
      over: null,
    }
  }
  const onAct = (allowed: AllowedAction) => {
    if (hasSheet(allowed)) return setOpen({ kind: 'action', allowed })
    close()
    const { action, stepKey, unitId } = allowed
    const page = action === 'request-correction' ? 'staff/case/correction' : 'staff/case/decision'
    openPage(page, { id: view.id, action, stepKey, unitId })
  }
  return {
    content: (
      <>
        <SavedNotice loaded={loaded} />
        <CaseContent view={view} onOpen={setOpen} />
      </>
    ),
    bar: (
      <CaseBar
        view={view}
        beside={beside}
        onAct={onAct}
        onMore={() => setOpen({ kind: 'more' })}
        onLeave={onLeave}
      />
    ),
    over: open && (
      <>
        {open.kind === 'action' && (
          <ActionSheet view={view} allowed={open.allowed} act={act} onClose={close} />
        )}
        {open.kind === 'identity' && <IdentitySheet view={view} act={act} onClose={close} />}
        {open.kind === 'more' && <MoreSheet view={view} beside={beside} onAct={onAct} onClose={close} />}
        {open.kind === 'clock' && <ClockSheet clock={open.clock} onClose={close} />}
      </>
    ),
  }
}
