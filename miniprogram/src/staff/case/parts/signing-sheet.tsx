import { View } from '@tarojs/components'
import type { CaseView } from '#shared/contract/case'
import type { AllowedAction } from '#shared/contract/case-for-staff'
import { WHOEVER_FILED } from '#shared/domain/case/disowned'
import { Button } from '../../../ui/form/button'
import { Sheet, SheetActions } from '../../../ui/layout/sheet'
import { Facts } from '../../../ui/surface/facts'
import { DecisionDraft, type Draft } from './decision-draft'
import { TroubleNotice } from './trouble-notice'
import type { Act } from './use-act'

interface SigningSheetProps {
  view: CaseView
  allowed: AllowedAction
  reason: string
  /** The paper itself, where it does not stand beside already. */
  draft: Draft | undefined
  act: Act
  onSign: () => void
  onClose: () => void
}

/** The last look before the organ's name stands under it. */
export function SigningSheet({ view, allowed, reason, draft, act, onSign, onClose }: SigningSheetProps) {
  const isGrant = allowed.action === 'grant'
  const reader = view.staff?.disowned ? WHOEVER_FILED : '申请人'
  return (
    <Sheet title={isGrant ? '签发准予决定' : '签发不予决定'} onClose={onClose}>
      {draft ? (
        <DecisionDraft view={view} draft={draft} reason={reason} />
      ) : (
        <Facts
          sunk
          facts={[
            { key: '决定', value: isGrant ? '准予' : '不予' },
            { key: '事项', value: view.itemName },
            view.staff?.disowned
              ? { key: '发给', value: WHOEVER_FILED }
              : { key: '申请人', value: view.applicantMasked },
            ...(reason ? [{ key: '理由', value: reason }] : []),
          ]}
        />
      )}
      <View className='small muted mt-3'>
        {isGrant
          ? '签发后文书编号就占用了，申请人会收到微信提醒，10 个工作日里送达。'
          : `决定书上写明理由，还有 60 日内向谁申请复议、6 个月内向哪个法院起诉，${reader}会收到微信提醒。`}
      </View>
      <TroubleNotice trouble={act.trouble} view={view} />
      <SheetActions>
        <Button block loading={act.isBusy ? '正在签发，别关' : undefined} onPress={onSign}>
          {isGrant ? '签发，准予' : '签发，不予'}
        </Button>
      </SheetActions>
    </Sheet>
  )
}
