import { type ReactNode, useState } from 'react'
import type { CaseView } from '#shared/contract/case'
import type { AllowedAction } from '#shared/contract/case-for-staff'
import type { PagePath } from '#shared/contract/pages'
import { openPage } from '../../../platform/navigation'
import type { useRequest } from '../../../platform/use-request'
import { EarlierNotice } from '../../../ui/feedback/earlier-notice'
import { EmptyState } from '../../../ui/feedback/empty-state'
import { Skeleton } from '../../../ui/feedback/skeleton'
import { Button } from '../../../ui/form/button'
import { caseNumberWords } from '../../../ui/words/case-number'
import { hasSheet, type PagedAction, type SheetAllowed } from './action-forms'
import { ActionSheet } from './action-sheet'
import { CaseBar, MoreSheet } from './case-bar'
import { CaseContent } from './case-content'
import { ClockSheet } from './clocks'
import { caseKeys, DeskBar, DeskContent, DeskHead } from './desk-case'
import type { Legend } from './desk-shell'
import { IdentitySheet } from './identity-sheet'
import { LoadFault } from './load-fault'
import { LookAtCase } from './look-at-case'
import { NoticeSheet } from './notice-sheet'
import { awaitReason, isChoice } from './reasons'
import { SettleSheet } from './settle-sheet'
import { atShare, nextOf, useShare } from './share'
import { SHARE_LETTER, ShareChoice } from './share-choice'
import { lateWords } from './trouble-notice'
import { IDENTITY_DOOR, ownAct, useAct } from './use-act'
import { useKeyboardThere } from './use-desk'
import type { Keys } from './use-keys'
import { useAskedReplies } from './use-replies'
import { keptVisitOf } from './visit-sheet'
import type { Clock } from './words'

type Request = ReturnType<typeof useRequest<CaseView>>

/** A sheet belongs to the case that it was opened for. */
type Open = { readonly caseId: string } & Shown

type Shown =
  | { readonly kind: 'action'; readonly allowed: SheetAllowed }
  | { readonly kind: 'identity' }
  | { readonly kind: 'more' }
  | { readonly kind: 'clock'; readonly clock: Clock }

/** Of what is read as it will go out, before it does. */
const SHEETS: Partial<Record<SheetAllowed['action'], typeof ActionSheet>> = {
  settle: SettleSheet,
  'publish-notice': NoticeSheet,
}

function ActSheet(props: Parameters<typeof ActionSheet>[0]) {
  const Sheet = SHEETS[props.allowed.action] ?? ActionSheet
  return <Sheet {...props} />
}

/** What the sheet in front sends. */
function actOf(open: Open | undefined, caseId: string | undefined) {
  if (!open || open.caseId !== caseId) return undefined
  if (open.kind === 'action') return open.allowed.action
  return open.kind === 'identity' ? IDENTITY_DOOR : undefined
}

interface OpenCase {
  readonly head: ReactNode
  readonly content: ReactNode
  readonly bar: ReactNode
  /** Sheets: for `Page`'s `over`. */
  readonly over: ReactNode
  readonly keys: Keys
  /** Of the keys that answer now. */
  readonly legend: readonly Legend[]
  /** Of the case that is shown; undefined while none is. */
  readonly shownId: string | undefined
  /** To the share that the row leads to. */
  readonly turnBack: () => void
}

interface OpenCaseOptions {
  caseId: string | undefined
  /** Whose share of it the row leads to; of no row, or where there is one alone, undefined. */
  unitId?: string | undefined
  isDesk: boolean
  /** After an act: the queue has changed. */
  onActed?: () => void
  onLeave?: { readonly words: string; readonly onPress: () => void }
}

/** Handed over: where it went, and nothing to press but the way back. */
function Former({ view, onLeave }: { view: CaseView; onLeave: OpenCaseOptions['onLeave'] }) {
  return (
    <EmptyState
      title={`${view.nowText}，不归你办了`}
      note={`${view.plainName}，编号 ${caseNumberWords(view.caseNumber)}。填了什么、交了什么，只给申请人和现在办这件的人看；申请人来问，请去问那里。`}
      action={
        onLeave && (
          <Button kind='secondary' small onPress={onLeave.onPress}>
            {onLeave.words}
          </Button>
        )
      }
    />
  )
}

/** What is loaded is still the case that stood here before. */
const isOther = ({ loaded }: Request, caseId: string | undefined) =>
  loaded.state === 'ready' && loaded.value.id !== caseId

/** At a site without a signal: what is written there needs none. */
function KeptVisit({ caseId }: { caseId: string }) {
  const kept = keptVisitOf(caseId)
  if (!kept) return null
  const { stepKey, unitId } = kept
  return (
    <Button
      block
      onPress={() => openPage('staff/case/visit', { id: caseId, action: 'record-visit', stepKey, unitId })}
    >
      没有网也能记现场
    </Button>
  )
}

/** In place of a case that one works on. */
function Otherwise({ request, caseId, onLeave }: OpenCaseOptions & { request: Request }) {
  const { loaded, reload } = request
  if (loaded.state === 'loading' || isOther(request, caseId))
    return <Skeleton label='正在取这一件' cards={1} rows={4} />
  if (loaded.state === 'failed') {
    const { trouble } = loaded
    return caseId !== undefined && trouble.code === 'case.not-found' ? (
      <LookAtCase key={caseId} caseId={caseId} trouble={trouble} onLooking={reload} />
    ) : (
      <>
        <LoadFault trouble={trouble} onRetry={() => void reload()} />
        {trouble.code === 'network.unreachable' && caseId !== undefined && <KeptVisit caseId={caseId} />}
      </>
    )
  }
  if (loaded.value.viewer === 'former') return <Former view={loaded.value} onLeave={onLeave} />
  return <EmptyState title='这件是你自己的' note='自己的事由别人办。你能在「我的办件」里看办到哪了。' />
}

const PAGES = {
  'request-correction': 'staff/case/request-correction',
  'draft-correction': 'staff/case/request-correction',
  'record-visit': 'staff/case/visit',
  'sign-visit': 'staff/case/visit',
  grant: 'staff/case/decision',
  refuse: 'staff/case/decision',
} as const satisfies Record<PagedAction, PagePath>

const TURN: Legend = { letters: [SHARE_LETTER.toUpperCase()], does: '换一份' }

const without = (content: ReactNode, turnBack: () => void): OpenCase => ({
  head: null,
  content,
  bar: null,
  over: null,
  keys: {},
  legend: [],
  shownId: undefined,
  turnBack,
})

/** One case with everything that can be done to it; alone on the phone, beside the queue at a desk. */
export function useOpenCase(request: Request, options: OpenCaseOptions): OpenCase {
  const { caseId, unitId, isDesk, onActed, onLeave } = options
  const { loaded, reload } = request
  const [open, setOpen] = useState<Open>()
  const hasKeys = useKeyboardThere()
  const share = useShare(caseId, unitId)
  const at =
    loaded.state === 'ready' && !isOther(request, caseId) ? atShare(loaded.value, share.unitId) : undefined
  const view = at?.view
  const act = useAct(view, reload, onActed)
  useAskedReplies(view !== undefined)
  const front = actOf(open, view?.id)
  const own = ownAct(act, front)
  // An answer that comes late closes the sheet it was sent from, and none that was opened since.
  const close = () => {
    setOpen((now) => (now === open ? undefined : now))
    if (!own.trouble) return
    own.forget()
    // Somebody was first: now the queue may show it.
    onActed?.()
  }
  if (!at || !view?.staff) return without(<Otherwise request={request} {...options} />, share.turnBack)
  const show = (sheet: Shown) => setOpen({ ...sheet, caseId: view.id })
  const onAct = (allowed: AllowedAction) => {
    if (hasSheet(allowed)) return show({ kind: 'action', allowed })
    close()
    const { action, stepKey, unitId } = allowed
    const page = PAGES[action as PagedAction]
    let end: (() => void) | undefined
    openPage(page, { id: view.id, action, stepKey, unitId }, () => end?.())
    if (hasKeys && allowed.reasonRequired && isChoice(action)) end = awaitReason(view.id, action)
  }
  const shown = {
    view,
    onClock: (clock: Clock) => show({ kind: 'clock', clock }),
    onIdentity: () => show({ kind: 'identity' }),
    onChanged: reload,
    onWithdrawn: onActed,
  }
  const bar = {
    view,
    late: lateWords(view, act, front),
    share: at,
    onAct,
    onMore: () => show({ kind: 'more' }),
    onIdentity: shown.onIdentity,
  }
  const other = nextOf(at)
  const choice = <ShareChoice at={at} onTurn={share.turn} />
  const caseOwn = caseKeys(view, { isDesk, onAct, onIdentity: shown.onIdentity, onClock: shown.onClock })
  return {
    head: isDesk && <DeskHead view={view} />,
    content: (
      <>
        <EarlierNotice loaded={loaded} onRetry={reload} />
        {choice}
        {isDesk ? <DeskContent {...shown} /> : <CaseContent {...shown} />}
      </>
    ),
    bar: isDesk ? <DeskBar {...bar} /> : <CaseBar {...bar} onLeave={onLeave} />,
    over: open?.caseId === view.id && (
      <>
        {open.kind === 'action' && <ActSheet view={view} allowed={open.allowed} act={own} onClose={close} />}
        {open.kind === 'identity' && <IdentitySheet view={view} act={own} onClose={close} />}
        {open.kind === 'more' && <MoreSheet view={view} isDesk={isDesk} onAct={onAct} onClose={close} />}
        {open.kind === 'clock' && <ClockSheet clock={open.clock} onClose={close} />}
      </>
    ),
    keys: { ...caseOwn.keys, [SHARE_LETTER]: other && (() => share.turn(other)) },
    legend: other ? [...caseOwn.legend, TURN] : caseOwn.legend,
    shownId: view.id,
    turnBack: share.turnBack,
  }
}
