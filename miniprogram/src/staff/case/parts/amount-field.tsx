import type { AllowedAction } from '#shared/contract/case-for-staff'
import { fenOf, inYuan, UNSAID } from '#shared/domain/case/result/payout'
import { useDraft } from '../../../platform/use-draft'
import { Notice } from '../../../ui/feedback/notice'
import { Field } from '../../../ui/form/field'
import { TextInput } from '../../../ui/form/text-input'
import type { Draft } from './decision-draft'

const LABELS = { monthly: '每月发多少', once: '一共发多少' } as const

/** What is paid, as it is written for one case, in 元. */
export function useAmount(caseId: string, allowed: AllowedAction | undefined) {
  const { draft, change, forget } = useDraft(`decision-amount:${caseId}`, '')
  const yuan = draft.trim()
  const fen = allowed?.amountAsked ? fenOf(yuan) : undefined
  return {
    draft,
    change,
    forget,
    isMissing: fen === null,
    /** In 分, once it is one. */
    fen: fen ?? null,
    sent: fen ? { amount: fen } : {},
    /** The paper with it. */
    written: (paper: Draft | undefined): Draft | undefined =>
      paper?.paid && fen ? { ...paper, paid: paper.paid.replace(UNSAID, yuan) } : paper,
  }
}

interface AmountFieldProps {
  allowed: Pick<AllowedAction, 'amountUsual'> & { amountAsked: NonNullable<AllowedAction['amountAsked']> }
  amount: ReturnType<typeof useAmount>
  wasTried: boolean
}

const isUnusual = ({ least, most }: NonNullable<AllowedAction['amountUsual']>, fen: number) =>
  fen < least || fen > most

/** The guide names no one amount: whoever decides says it, and it stands on the paper. */
export function AmountField({ allowed, amount, wasTried }: AmountFieldProps) {
  const { amountAsked, amountUsual } = allowed
  const label = LABELS[amountAsked]
  const isWrong = wasTried && amount.isMissing
  const field = (
    <Field
      id='amount'
      label={label}
      hint='写在决定书上，按它发钱'
      error={isWrong ? '写一个金额，最多两位小数' : undefined}
    >
      <TextInput
        id='amount'
        label={label}
        type='digit'
        maxLength={11}
        unit='元'
        value={amount.draft}
        onChange={amount.change}
        isWrong={isWrong}
      />
    </Field>
  )
  return (
    <>
      {field}
      {amountUsual && amount.fen !== null && isUnusual(amountUsual, amount.fen) && (
        <Notice tone='soon' title='和一般的不一样' className='mt-2'>
          {`指南写的一般是 ${inYuan(amountUsual.least)} 到 ${inYuan(amountUsual.most)}，核一遍再签。`}
        </Notice>
      )}
    </>
  )
}
