import { openTab } from '../../platform/navigation'

/** The tabs of residents, with where they lead. */
export const RESIDENT_TABS = [
  { key: 'home', path: 'features/service-item/home', name: '首页', icon: 'home' },
  { key: 'cases', path: 'tabs/case/my-cases', name: '办件', icon: 'cases' },
  { key: 'inbox', path: 'features/reminder/inbox', name: '消息', icon: 'message' },
  { key: 'me', path: 'tabs/account/me', name: '我的', icon: 'person' },
] as const

export type TabKey = (typeof RESIDENT_TABS)[number]['key']

export function openResidentTab(key: string) {
  const tab = RESIDENT_TABS.find((each) => each.key === key)
  if (tab) openTab(tab.path)
}
