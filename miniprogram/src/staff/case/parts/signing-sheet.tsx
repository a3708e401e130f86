import { View } from '@tarojs/components'
import type { CaseView } from '#shared/contract/case'
import type { AllowedAction } from '#shared/contract/case-for-staff'
import { WHOEVER_FILED } from '#shared/domain/case/whose/disowned'
import { platform } from '../../../platform'
import { aria } from '../../../platform/aria'
import { Button } from '../../../ui/form/button'
import { Sheet, SheetActions } from '../../../ui/layout/sheet'
import { Facts } from '../../../ui/surface/facts'
import { sameTarget } from './action-forms'
import { isJoining } from './choice-words'
import type { Draft } from './decision-draft'
import { DecisionPapers, useDecisionPapers } from './decision-papers'
import { Looked } from './looked'
import { type PaperTabs, turnKeys } from './paper-tabs'
import { InWhoseName } from './share-choice'
import { TroubleNotice } from './trouble-notice'
import type { Act } from './use-act'
import { Warned } from './warned'

interface SigningSheetProps {
  view: CaseView
  allowed: AllowedAction
  /** Every word that is sent with it. */
  reason: string
  /** The paper itself, where it does not stand beside already. */
  draft: Draft | undefined
  /** Of the papers that stand beside: the keys that turn them. */
  beside?: PaperTabs | undefined
  act: Act
  onSign: () => void
  onClose: () => void
}

const WORDS = {
  grant: {
    title: '签发准予决定',
    verdict: '准予',
    sign: '签发，准予',
    follows: () => '签发后文书编号就占用了，会通知申请人，10 个工作日里送达。',
  },
  refuse: {
    title: '签发不予决定',
    verdict: '不予',
    sign: '签发，不予',
    follows: (reader: string) =>
      `决定书上写明理由，还有 60 日内向谁申请复议、6 个月内向哪个法院起诉，会通知${reader}。`,
  },
  decline: {
    title: '发出不予受理决定',
    verdict: '不予受理',
    sign: '发出，不予受理',
    follows: (reader: string) => `发出后收不回来，会通知${reader}。预览遮住姓名，发出的写全。`,
  },
  /** Of one of several organs its own part. */
  pass: {
    title: '签发准予决定',
    verdict: '准予',
    sign: '签发，准予',
    follows: () => '签发后编号就占用了，收不回来。申请人马上看得到，几家的决定到齐了一起送达。',
  },
  fail: {
    title: '签发不予决定',
    verdict: '不予',
    sign: '签发，不予',
    follows: () =>
      '签发后收不回来。理由、向谁申请复议和起诉都写在上面，申请人马上看得到，几家的到齐了一起送达。',
  },
  /** What several organs have decided. */
  join: {
    title: '统一出件',
    verdict: '各部门已经各自决定',
    sign: '统一出件',
    follows: (reader: string) => `各部门的决定书合在一起给出去，这里不另作决定，会通知${reader}。`,
  },
} as const

function signedAs({ action }: AllowedAction, view: CaseView): keyof typeof WORDS {
  if (action === 'refuse' || action === 'decline' || action === 'pass' || action === 'fail') return action
  return isJoining(view) ? 'join' : 'grant'
}

/** Where the keyboard begins: what is signed is heavier than an Enter, and Tab leads on to the button. In WeChat it only speaks. */
const startHere = (label: string) => ({
  className: 'sheet__start',
  ...aria({ role: 'group', label }),
  ...(platform.host === 'browser' ? { tabindex: '-1' } : {}),
})

function SignedFacts({ view, verdict, reason }: { view: CaseView; verdict: string; reason: string }) {
  return (
    <Facts
      sunk
      facts={[
        { key: '决定', value: verdict },
        { key: '事项', value: view.itemName },
        view.staff?.disowned
          ? { key: '发给', value: WHOEVER_FILED }
          : { key: '申请人', value: view.applicantMasked },
        ...(reason ? [{ key: '理由', value: reason }] : []),
      ]}
    />
  )
}

/** The last look before the organ's name stands under it. */
export function SigningSheet(props: SigningSheetProps) {
  const { view, allowed, reason, draft, beside, act, onSign, onClose } = props
  const signed = signedAs(allowed, view)
  const words = WORDS[signed]
  const tabs = useDecisionPapers(draft)
  const isOvertaken =
    act.trouble !== undefined && !view.staff?.allowed.some((each) => sameTarget(each, allowed))
  const reader = view.staff?.disowned ? WHOEVER_FILED : '申请人'
  return (
    <Sheet title={words.title} onClose={onClose} keys={turnKeys(beside ?? tabs)}>
      <InWhoseName view={view} allowed={allowed} />
      <View {...(signed === 'decline' ? {} : startHere(words.title))}>
        {draft ? (
          <>
            <DecisionPapers
              title={`要发的${draft.service ? '文书' : '决定书'}`}
              {...{ view, draft, reason, tabs }}
            />
          </>
        ) : (
          <SignedFacts view={view} verdict={words.verdict} reason={reason} />
        )}
      </View>
      <SheetActions>
        {!isOvertaken && <View className='small muted'>{words.follows(reader)}</View>}
        {!isOvertaken && <Looked view={view} />}
        {!isOvertaken && <Warned allowed={allowed} />}
        <TroubleNotice trouble={act.trouble} view={view} isSigned isWritten={reason !== ''} />
        {isOvertaken ? (
          <Button block kind='secondary' onPress={onClose}>
            现在不能这样签了，看最新的
          </Button>
        ) : (
          <Button block loading={act.isBusy ? '正在签发，别关' : undefined} onPress={onSign}>
            {words.sign}
          </Button>
        )}
      </SheetActions>
    </Sheet>
  )
}
