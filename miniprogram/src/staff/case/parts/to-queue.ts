import { goBack } from '../../../platform/navigation'

export const toQueue = () => goBack('staff/case/queue')
