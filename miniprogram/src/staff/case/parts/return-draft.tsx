import { useState } from 'react'
import type { CaseView } from '#shared/contract/case'
import { Button } from '../../../ui/form/button'
import { hasSheet, type SheetAllowed } from './action-forms'
import { ActionSheet } from './action-sheet'
import type { CorrectionFormProps } from './correction-notes'
import { Kbd } from './kbd'
import { type Act, ownAct } from './use-act'

const RETURNS = 'return-draft'

const returnAt = ({ staff }: CaseView, { stepKey, unitId }: CorrectionFormProps['target']) =>
  (staff?.allowed ?? [])
    .filter(hasSheet)
    .find((one) => one.action === RETURNS && one.stepKey === stepKey && one.unitId === unitId)

/** 退给一家改: beside the notice that joins the drafts. `onReturn` is undefined where there is none to give back. */
export function useReturnDraft({ view, target }: Pick<CorrectionFormProps, 'view' | 'target'>, act: Act) {
  const [open, setOpen] = useState<SheetAllowed>()
  const allowed = returnAt(view, target)
  const own = ownAct(act, RETURNS)
  const close = () => {
    own.forget()
    setOpen(undefined)
  }
  const onReturn = allowed && (() => setOpen(allowed))
  return {
    onReturn,
    /** What the sheet sends that is open. */
    sends: open && RETURNS,
    button: (isDesk: boolean) =>
      onReturn && (
        <Button kind={isDesk ? 'quiet' : 'secondary'} onPress={onReturn}>
          退给一家改
          {isDesk && <Kbd letter='t' />}
        </Button>
      ),
    over: open && <ActionSheet view={view} allowed={open} act={own} onClose={close} />,
  }
}
