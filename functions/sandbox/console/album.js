// The photos on everybody's phone: specimens drawn here, of papers that exist nowhere.

import { byId, element } from './page.js'

const WIDTH = 1280
const HEIGHT = 860

const SPECIMENS = [
  [
    '身份证正面',
    [
      '姓名　样张',
      '性别　女　　民族　汉',
      '出生　一九四六年十一月',
      '住址　郎溪县梅渚镇大梁村',
      '号码　样张，不是真的',
    ],
  ],
  ['身份证反面', ['居民身份证', '签发机关　样张', '有效期限　长期', '这是一张画出来的样张', '不能当证件用']],
  [
    '户口簿',
    [
      '居民户口簿　常住人口登记卡',
      '姓名　样张　　与户主关系　样张',
      '籍贯　郎溪县',
      '住址　郎溪县梅渚镇大梁村',
      '这是一张画出来的样张',
    ],
  ],
  ['社保卡', ['社会保障卡', '姓名　样张', '社会保障号码　样张', '发卡日期　样张', '这是一张画出来的样张']],
]

/** Dark letters on a pale card that lies whole on the table: sharp enough for whoever looks at it. */
function specimen(title, lines) {
  const canvas = Object.assign(document.createElement('canvas'), { width: WIDTH, height: HEIGHT })
  const pen = canvas.getContext('2d')
  pen.fillStyle = '#b9a585'
  pen.fillRect(0, 0, WIDTH, HEIGHT)
  pen.fillStyle = '#a89474'
  for (let y = 0; y < HEIGHT; y += 24) pen.fillRect(0, y, WIDTH, 3)
  pen.fillStyle = '#e6ece4'
  pen.fillRect(120, 90, WIDTH - 240, HEIGHT - 180)
  pen.strokeStyle = '#57524a'
  pen.lineWidth = 4
  pen.strokeRect(120, 90, WIDTH - 240, HEIGHT - 180)
  pen.fillStyle = '#1f1d1a'
  pen.font = '600 60px sans-serif'
  pen.fillText(title, 180, 190)
  pen.font = '46px sans-serif'
  for (const [row, line] of lines.entries()) pen.fillText(line, 180, 300 + row * 96)
  return canvas
}

/** Gives the chooser of a frame's page a photo, as its own window would. */
function give(input, file) {
  const { DataTransfer, Event } = input.ownerDocument.defaultView
  const chosen = new DataTransfer()
  chosen.items.add(file)
  input.files = chosen.files
  input.dispatchEvent(new Event('change'))
}

async function giveSpecimen(input, title, canvas) {
  const blob = await new Promise((resolve) => canvas.toBlob(resolve, 'image/jpeg', 0.9))
  const { File } = input.ownerDocument.defaultView
  give(input, new File([blob], `${title}.jpg`, { type: 'image/jpeg' }))
}

function openAlbum(input, chooseFile) {
  const dialog = byId('album')
  let isAnswered = false
  const answer = (work) => {
    isAnswered = true
    dialog.close()
    return work()
  }
  byId('album-photos').replaceChildren(
    ...SPECIMENS.map(([title, lines]) => {
      const canvas = specimen(title, lines)
      canvas.setAttribute('aria-hidden', 'true')
      const choose = () => answer(() => giveSpecimen(input, title, canvas))
      return element('button', { type: 'button', class: 'specimen', onclick: choose }, canvas, title)
    }),
  )
  byId('album-other').onclick = () => answer(chooseFile)
  dialog.onclose = () => {
    if (!isAnswered) input.dispatchEvent(new input.ownerDocument.defaultView.Event('cancel'))
  }
  dialog.showModal()
}

/** From now on a page of this window that asks for a photo is shown the album. */
export function lendAlbum(view) {
  const { prototype } = view.HTMLInputElement
  const { click } = prototype
  prototype.click = function () {
    if (this.type !== 'file' || !this.accept.includes('image/')) return click.call(this)
    openAlbum(this, () => click.call(this))
  }
}
