interface WechatQuestion {
  readonly app: string
  readonly title: string
  readonly lines: readonly string[]
}

const STYLE = `
.wechat-window{position:fixed;inset:0;z-index:1000;display:flex;align-items:flex-end;background:rgba(0,0,0,.5);font:17px/1.5 -apple-system,"PingFang SC","Noto Sans CJK SC",sans-serif;color:#191919}
.wechat-window__sheet{box-sizing:border-box;width:100%;padding:24px 24px 32px;border-radius:12px 12px 0 0;background:#fff}
.wechat-window__app{font-size:15px;color:#555}
.wechat-window__title{margin:8px 0 12px;font-size:17px;font-weight:600}
.wechat-window__line{padding:12px 0;border-top:1px solid #eee}
.wechat-window__buttons{display:flex;gap:16px;justify-content:center;margin-top:24px}
.wechat-window__buttons button{min-width:120px;min-height:44px;border:0;border-radius:8px;font:inherit;font-weight:600;background:#f2f2f2;color:#07864a}
.wechat-window__buttons button:last-child{background:#07864a;color:#fff}`

const element = (tag: string, className: string, text = '') => {
  const made = document.createElement(tag)
  made.className = className
  made.textContent = text
  return made
}

/** The window that WeChat draws over a mini program, for the browser of the local WeChat: its look is the host's. */
export function askLikeWechat({ app, title, lines }: WechatQuestion): Promise<boolean> {
  return new Promise((resolve) => {
    const layer = element('div', 'wechat-window')
    layer.setAttribute('role', 'dialog')
    layer.setAttribute('aria-modal', 'true')
    layer.setAttribute('aria-label', `${app} ${title}`)
    const style = element('style', '', STYLE)
    const sheet = element('div', 'wechat-window__sheet')
    const buttons = element('div', 'wechat-window__buttons')
    const close = (allowed: boolean) => {
      window.removeEventListener('keydown', onKey, true)
      layer.remove()
      resolve(allowed)
    }
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return
      event.stopImmediatePropagation()
      close(false)
    }
    const refuse = element('button', '', '拒绝')
    const allow = element('button', '', '允许')
    refuse.onclick = () => close(false)
    allow.onclick = () => close(true)
    // Before the dialog that asked: one Escape closes this window alone.
    window.addEventListener('keydown', onKey, true)
    buttons.append(refuse, allow)
    sheet.append(
      element('div', 'wechat-window__app', app),
      element('div', 'wechat-window__title', title),
      ...lines.map((line) => element('div', 'wechat-window__line', line)),
      buttons,
    )
    layer.append(style, sheet)
    document.body.append(layer)
    allow.focus()
  })
}
