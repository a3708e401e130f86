import { ProblemError } from '../../platform/http/problem'

/** 409 once the county takes no applications here. Whoever types for others is the window to which all others are sent. */
export const serviceOver = (isWorking: boolean) =>
  new ProblemError(
    'application.service-over',
    isWorking
      ? {
          title: '这里停用了，不录新的申请',
          detail: '来窗口、村里办的，照停用通知写的办法收；在办的，在这里接着办完',
        }
      : {},
  )
