import type { Platform } from '../platform'
import { holdDialog } from './keys'

const STYLE = `
.desk-lock{position:fixed;inset:0;z-index:6000;display:flex;align-items:center;justify-content:center;background:#F6F4EE;font:17px/1.5 -apple-system,"PingFang SC","Noto Sans CJK SC",sans-serif;color:#1F1D1A}
.desk-lock__box{width:320px;max-width:calc(100% - 48px);text-align:center}
.desk-lock h1{margin:0;font-size:24px;font-weight:600}
.desk-lock p{margin:8px 0 20px;color:#57524A}
.desk-lock input{box-sizing:border-box;width:100%;min-height:56px;border:2px solid #0B6A63;border-radius:12px;background:#fff;font:inherit;font-size:28px;letter-spacing:.4em;text-align:center;color:inherit}
.desk-lock__wrong{min-height:26px;margin-top:8px;color:#A3261B}
.desk-lock button{width:100%;min-height:48px;margin-top:12px;border:0;border-radius:12px;font:inherit;font-weight:600;background:#0B6A63;color:#fff}
.desk-lock button:disabled{opacity:.5}
.desk-lock button.desk-lock__other{background:none;color:#0B6A63}
.desk-lock--elder{font-size:22px}
.desk-lock--elder h1{font-size:32px}
.desk-lock--elder .desk-lock__box{width:420px}
.desk-lock--elder button,.desk-lock--elder input{min-height:64px}`
const DIGITS = 6

const element = <Tag extends keyof HTMLElementTagNameMap>(tag: Tag, className: string, text = '') => {
  const made = document.createElement(tag)
  made.className = className
  made.textContent = text
  return made
}

function drawn() {
  const isElder = document.querySelector('.elder') !== null
  const layer = element('div', isElder ? 'desk-lock desk-lock--elder' : 'desk-lock')
  layer.id = 'desk-lock'
  layer.setAttribute('role', 'dialog')
  layer.setAttribute('aria-modal', 'true')
  layer.setAttribute('aria-label', '这台电脑锁上了')
  const box = element('form', 'desk-lock__box')
  const field = element('input', '')
  Object.assign(field, { inputMode: 'numeric', maxLength: DIGITS, autocomplete: 'off' })
  field.setAttribute('aria-label', 'PIN，6 位数字')
  const look = element('button', 'desk-lock__other')
  look.type = 'button'
  const show = (isShown: boolean) => {
    field.type = isShown ? 'text' : 'password'
    look.textContent = isShown ? '遮住' : '看一眼'
  }
  look.onclick = () => {
    show(field.type === 'password')
    field.focus()
  }
  show(false)
  const wrong = element('div', 'desk-lock__wrong')
  wrong.setAttribute('role', 'alert')
  const open = element('button', '', '解锁')
  open.type = 'submit'
  const other = element('button', 'desk-lock__other', '换个人，重新扫码')
  other.type = 'button'
  for (const each of [field, look, open, other]) each.tabIndex = 0
  box.append(
    element('h1', '', '锁上了'),
    element('p', '', '输登录时在手机上设的 6 位 PIN。写到一半的都在。'),
    field,
    look,
    wrong,
    open,
    other,
  )
  layer.append(element('style', '', STYLE), box)
  return { layer, box, field, wrong, open, other, hide: () => show(false) }
}

/** Everything else on the page is out of reach, for keys, pointers and screen readers, until it is over. */
function coverPage(layer: HTMLElement) {
  const others = [...document.body.children].filter((each) => each instanceof HTMLElement)
  const covered = others.filter(({ inert }) => !inert)
  for (const each of covered) each.inert = true
  document.body.append(layer)
  const release = holdDialog(layer.id, () => {})
  return () => {
    for (const each of covered) each.inert = false
    layer.remove()
    release()
  }
}

export const askPin: Platform['askPin'] = (unlock) => {
  const { layer, box, field, wrong, open, other, hide } = drawn()
  const uncover = coverPage(layer)
  let end: (how: 'open' | 'left' | 'ended') => void = () => {}
  const answer = new Promise<'open' | 'left' | 'ended'>((resolve) => {
    end = (how) => {
      // Whoever has not opened it sees nothing of what is under it, until the page itself is gone.
      if (how === 'open') uncover()
      resolve(how)
    }
  })
  const ready = () => {
    open.disabled = field.value.length !== DIGITS
  }
  field.oninput = () => {
    field.value = field.value.replace(/\D/g, '')
    wrong.textContent = ''
    ready()
  }
  other.onclick = () => end('left')
  let isTrying = false
  box.onsubmit = (event) => {
    event.preventDefault()
    if (isTrying || open.disabled) return
    isTrying = true
    open.textContent = '正在解锁'
    void unlock(field.value).then((tried) => {
      isTrying = false
      open.textContent = '解锁'
      if (tried.kind !== 'wrong') return end(tried.kind)
      field.value = ''
      hide()
      wrong.textContent = tried.sentence
      ready()
      field.focus()
    })
  }
  ready()
  field.focus()
  return { answer, lift: () => end('open') }
}

const TOUCHES = ['pointerdown', 'pointermove', 'keydown', 'wheel'] as const
/** A page that comes back from behind others, from sleep or from where the browser kept it, looks before it is read. */
const RETURNS = ['pageshow', 'focus', 'visibilitychange'] as const
/** How often it is looked whether the desk is idle. Milliseconds. */
const LOOKS = 5000

/**
 * Hands in one tab are hands at the desk: `key` is where each tab tells the others when it was last touched, also those that are
 * opened later. `act` resolves when the desk is open again. A hand that comes too late wakes nothing: it finds the desk left.
 */
export function whenIdle(key: string, milliseconds: number, act: () => Promise<void>) {
  /** A stamp later than now is none: the clock of this computer was set back. */
  const told = () => {
    const at = Number(localStorage.getItem(key))
    return at > Date.now() + LOOKS ? 0 : at
  }
  let touchedAt = told() || Date.now()
  let isLeft = false
  const note = () => {
    touchedAt = Date.now()
    if (touchedAt - told() >= LOOKS) localStorage.setItem(key, String(touchedAt))
  }
  const look = () => {
    touchedAt = Math.min(touchedAt, Date.now())
    if (isLeft || Date.now() - Math.max(touchedAt, told()) < milliseconds) return
    isLeft = true
    void act().then(() => {
      isLeft = false
      note()
    })
  }
  const touched = () => {
    look()
    if (!isLeft) note()
  }
  look()
  if (!isLeft) note()
  const timer = setInterval(look, LOOKS)
  for (const each of TOUCHES) window.addEventListener(each, touched, { capture: true, passive: true })
  for (const each of RETURNS) window.addEventListener(each, look, { capture: true })
  return () => {
    clearInterval(timer)
    for (const each of TOUCHES) window.removeEventListener(each, touched, { capture: true })
    for (const each of RETURNS) window.removeEventListener(each, look, { capture: true })
  }
}
