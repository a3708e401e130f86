import type { AllowedAction } from '#shared/contract/case-for-staff'
import { Notice } from '../../../ui/feedback/notice'

/** What to know before it is signed. */
export const Warned = ({ allowed }: { allowed: AllowedAction | undefined }) =>
  allowed?.warning ? (
    <Notice tone='soon' title='先看一下' className='mt-2'>
      {allowed.warning}
    </Notice>
  ) : null
