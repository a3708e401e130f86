import { expect, test } from 'vitest'
import { pagesFor } from '#shared/contract/pages'
import type { MenuButton } from '../../platform/ports/wechat'
import { publishMenu } from './menu'

const published = async () => {
  let sent: readonly MenuButton[] = []
  await publishMenu({
    setMenu: async (buttons) => {
      sent = buttons
    },
  })
  return sent
}
const flat = (buttons: readonly MenuButton[]): readonly MenuButton[] =>
  buttons.flatMap((button) => ('buttons' in button ? [button, ...flat(button.buttons)] : [button]))

test('the menu keeps WeChat’s limits', async () => {
  const top = await published()
  expect(top.length).toBeLessThanOrEqual(3)
  for (const button of top) {
    expect(Buffer.byteLength(button.name)).toBeLessThanOrEqual(16)
    if ('buttons' in button) expect(button.buttons.length).toBeLessThanOrEqual(5)
  }
  for (const button of flat(top)) expect(Buffer.byteLength(button.name)).toBeLessThanOrEqual(60)
})

test('each button opens a page that WeChat has', async () => {
  const known = pagesFor('weapp').map((page) => page.path)
  const opened = flat(await published()).flatMap((button) => ('page' in button ? [button.page] : []))
  expect(opened.length).toBeGreaterThan(0)
  for (const page of opened) expect(known).toContain(page)
})
