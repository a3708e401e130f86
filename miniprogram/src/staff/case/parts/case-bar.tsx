import type { CaseView } from '#shared/contract/case'
import type { AllowedAction } from '#shared/contract/case-for-staff'
import { mayHeadRow } from '#shared/domain/case/step/leads-on'
import { Button } from '../../../ui/form/button'
import { ActionBarSide, StickyActionBar } from '../../../ui/layout/action-bar'
import { Sheet } from '../../../ui/layout/sheet'
import { Cell, CellGroup } from '../../../ui/surface/cell'
import { dayWords } from '../../../ui/words/dates'
import { buttonWords, identityPlace, inOrder, isGrave } from './action-forms'
import { endedByWords } from './disowned-notice'
import type { AtShare } from './share'
import { awaitedWords, isAwaited } from './visit-record'
import { identityWords } from './words'

export const allowedOf = (view: CaseView) => view.staff?.allowed ?? []
export const idOf = ({ action, stepKey, unitId }: AllowedAction) => action + stepKey + unitId
/** What cannot be done yet has no button; from when it has one, it says. */
export function laterWords(view: CaseView) {
  const open = view.staff?.visits?.find(isAwaited)?.record
  if (open && !allowedOf(view).some(({ action }) => action === 'sign-visit'))
    return `${awaitedWords(open)}，签齐才能往下办`
  const publicity = view.staff?.clocks.find(({ kind }) => kind === 'publicity')
  const mayClose = allowedOf(view).some(({ action }) => action === 'close-notice')
  if (!publicity || mayClose) return undefined
  const { lastOn, dueOn } = publicity
  if (dueOn === null) return '公示期满才能往下办'
  return `公示到 ${dayWords(lastOn ?? dueOn)}，${dayWords(dueOn)} 起才能往下办`
}
/** What is to be done with what was decided has its own card. */
function afterWords({ delivery, staff }: CaseView) {
  const weighs = ['revoke-decision', 'keep-decision', 'decline-advice']
  if (staff?.afterDecision?.unheard) return '收回撤销，在“决定作出以后”里办'
  if (staff?.afterDecision?.allowed.some((each) => weighs.includes(each)))
    return '撤不撤，在“决定作出以后”里定'
  const serves = delivery?.papers.some(({ awaited, acts }) => awaited && acts.length > 0)
  return serves ? '要送的，在“文书送达”里登记' : undefined
}

/** What whoever may do nothing but turn it down waits for. */
function waitsWords({ staff }: CaseView) {
  if ((staff?.allowed.length ?? 0) === 0) return undefined
  if ((staff?.organsAwaited ?? []).length > 0) return '这里没有人办，先找人来办'
  const drafts = staff?.departmentDrafts
  if (!drafts?.open || drafts.awaited === 0) return undefined
  const names = drafts.units.filter(({ state }) => state === 'awaited').map(({ shortName }) => shortName)
  return `等${names.join('、')}看完`
}

/** For which of one's departments; undefined where there is one alone. */
export function shareWords({ chosen, mustChoose, others }: AtShare) {
  if (mustChoose) return '先选办哪一份'
  return chosen && others.length > 0 ? `办的是${chosen.name}的那一份` : undefined
}

export function nothingWords(view: CaseView) {
  const { correction, staff } = view
  if (staff?.endedBy) return `没有申请人，${endedByWords(staff.endedBy)}`
  if (correction) return '申请人补好了再办'
  if (staff?.applicantUnnamed && staff.mayConfirmIdentity) return '先当面核身份，写明是谁申请的'
  const isForFamily = view.delivery?.papers.some(
    ({ forFamily, served, acts }) => forFamily && served === null && acts.length > 0,
  )
  if (isForFamily) return '文书交给了哪位家属，在“文书送达”里登记'
  const after = waitsWords(view) ?? afterWords(view)
  if (after) return after
  return staff?.checkFailed ? '这一步办完了，改正还是撤销由作决定的单位定' : '这件现在没有要你办的'
}

export interface BarProps {
  view: CaseView
  /** What became of an act whose sheet was closed before its answer came. */
  late: string | undefined
  share: AtShare
  onAct: (allowed: AllowedAction) => void
  onMore: () => void
  onIdentity: () => void
  onLeave: { readonly words: string; readonly onPress: () => void } | undefined
}

/** How many outlined buttons stand beside the filled one. */
const BESIDE = { phone: 1, desk: 3 } as const

export function barOf(view: CaseView, place: keyof typeof BESIDE) {
  const ordered = inOrder(view)
  const identity = identityPlace(view)
  // One button is filled: where it is the identity's, what would have been stands beside it.
  const main = identity === 'main' ? undefined : ordered.main
  const others = identity === 'main' && ordered.main ? [ordered.main, ...ordered.others] : ordered.others
  const room = BESIDE[place] - (identity === 'beside' && place === 'desk' ? 1 : 0)
  // Where nothing brings it on, no act against somebody lies under the thumb, but for a decision that can be no other.
  const isBare = place === 'phone' && !main && identity !== 'main'
  const beside = others
    .filter((one) => (isBare ? mayHeadRow(one.action, false) : !isGrave(one)))
    .slice(0, room)
  return { identity, main, beside, more: others.filter((one) => !beside.includes(one)) }
}

export function CaseBar({ view, late, share, onAct, onMore, onIdentity, onLeave }: BarProps) {
  const alert = late !== undefined
  const allowed = allowedOf(view)
  const { identity, main, beside, more } = barOf(view, 'phone')
  const check = identity === 'main' && <Button onPress={onIdentity}>{identityWords(view)}</Button>
  if (allowed.length === 0 && !check) {
    return (
      <StickyActionBar
        note={late ?? (share.mustChoose ? shareWords(share) : nothingWords(view))}
        alert={alert}
      >
        {onLeave && (
          <Button kind='secondary' onPress={onLeave.onPress}>
            {onLeave.words}
          </Button>
        )}
      </StickyActionBar>
    )
  }
  if (!main && !check && beside.length === 0) {
    return (
      <StickyActionBar
        note={late ?? [shareWords(share), laterWords(view) ?? nothingWords(view)].filter(Boolean).join('；')}
        alert={alert}
      >
        <Button kind='secondary' onPress={onMore}>
          更多
        </Button>
      </StickyActionBar>
    )
  }
  return (
    <StickyActionBar note={late ?? laterWords(view) ?? shareWords(share)} alert={alert}>
      {more.length > 0 && <ActionBarSide icon='list' name='更多' onPress={onMore} />}
      {beside.map((one) => (
        <Button key={idOf(one)} kind='secondary' onPress={() => onAct(one)}>
          {buttonWords(one, view)}
        </Button>
      ))}
      {main && <Button onPress={() => onAct(main)}>{buttonWords(main, view)}</Button>}
      {check}
    </StickyActionBar>
  )
}

interface MoreSheetProps {
  view: CaseView
  isDesk: boolean
  onAct: (allowed: AllowedAction) => void
  onClose: () => void
}

export function MoreSheet({ view, isDesk, onAct, onClose }: MoreSheetProps) {
  const { more } = barOf(view, isDesk ? 'desk' : 'phone')
  return (
    <Sheet title='还可以' onClose={onClose}>
      <CellGroup>
        {more.map((one) => (
          <Cell key={idOf(one)} label={buttonWords(one, view)} onPress={() => onAct(one)} />
        ))}
      </CellGroup>
    </Sheet>
  )
}
