import type { Step } from './item'

/** How long a step takes, in words. A publicity has days of its own: nobody works on it meanwhile. */
export const stepLimit = ({ limitDays, publicity }: Pick<Step, 'limitDays' | 'publicity'>) => {
  if (publicity) return `公示 ${publicity.days} ${publicity.unit === 'working' ? '个工作日' : '天'}`
  return limitDays === 0 ? '当天' : `${limitDays} 个工作日`
}
