import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { keepPicture, untilShown } from './browser'
import { openToLookAt } from './looked-at'
import { bornBy, DALIANG, file, play } from './scenes'
import { fieldOf, press, sees, stands, write } from './screen'

// An end that nobody wished for, a promise that broke, a way that is shut: what it is, why, what can be done now, whom to ask.
const { client, sizes, openPhone, lookedAt } = await openToLookAt('ends', { width: 320, height: 700 })
const born = (name: string, birth?: string) => bornBy(client)(name, 3, birth)

const count = (page: Page, words: string | RegExp) => page.getByText(words).filter({ visible: true }).count()

test('what was not accepted opens with why, its document, whom to ask and what one may do', async () => {
  const owner = await born('邱没收')
  const id = await file(client, owner, 'LX-036')
  await play(client, id, [['window', 'decline', { reason: '摊点在县城，归县市场监管局备案' }]])
  await lookedAt(owner, `features/case/timeline?id=${id}`, 'declined', async (page) => {
    await sees(page, '小吃摊备案，这次没受理')
    await sees(page, '办理结果')
    await stands(page, '摊点在县城，归县市场监管局备案')
    await sees(page, '看不予受理决定书')
    await sees(page, /赵敏定的。该去哪里办，也问得到。/)
    await sees(page, '找郎溪县人民政府再审一遍，不收钱')
    await sees(page, '收到文书后 60 日内')
    await sees(page, '再申请')
    await sees(page, '填过的、拍过的都留着，改了再交')
    expect(await count(page, /下面写着|结果里都有/)).toBe(0)
  })
  const { page, go, close } = await openPhone({ person: owner.personId })
  await go(`features/case/timeline?id=${id}`)
  await press(page, /^看不予受理决定书/)
  await sees(page, '存到手机')
  await close()
})

test('what was refused opens with why; served, it tells until when, in list and timeline alike', async () => {
  const owner = await born('邱没批')
  const id = await file(client, owner, 'LX-018')
  await play(client, id, [
    ['village', 'verify'],
    ['window', 'accept'],
    ['reviewer', 'refuse', { reason: '已经过了法定退休年龄' }],
    ['window', 'conclude'],
    ['window', 'deliver', { method: 'pickup' }],
  ])
  for (const page of ['result', 'timeline'])
    await lookedAt(owner, `features/case/${page}?id=${id}`, `refused-${page}`, async (shown) => {
      await sees(shown, '就业困难认定，这次没批')
      await stands(shown, '已经过了法定退休年龄')
      await sees(shown, /^看.+决定书$/)
      await sees(shown, '申请行政复议')
      await sees(shown, /^最晚( \d+月|的那天)/)
      await sees(shown, '这次办得怎么样？')
      await sees(shown, '再申请')
    })
})

test('somebody too young: the form says so, does not ask for what cannot be filled, and leads on', async () => {
  const son = await born('邱帮办', '1975-03-05')
  const young = await born('邱还小', '1948-03-05')
  await lookedAt(son, 'features/case/application/form?id=LX-005&who=other', 'too-young', async (page) => {
    await write(page, '姓名', young.name)
    await write(page, '身份证号', young.idNumber)
    await sees(page, /还不够/)
    await stands(page, /^现在 78 岁，2028年3月5日 满 80 岁，还不能办。号码写错了就改。$/)
    expect(await count(page, /2028年3月5日 满 80 岁/)).toBe(1)
    expect(await count(page, /没填/)).toBe(0)
    expect(await count(page, /^下一步$/)).toBe(0)
    await sees(page, '打电话')
    // A slip of the pen is put right.
    await fieldOf(page, '身份证号').fill('')
    await sees(page, /^下一步$/)
    await write(page, '身份证号', young.idNumber)
    await sees(page, '先不办，回去')
  })
})

test('oneself too young, come by a link: the same words, and no field that cannot be filled', async () => {
  const young = await born('邱自己', '1948-03-05')
  await lookedAt(
    young,
    'features/case/application/form?id=LX-005&who=self',
    'too-young-self',
    async (page) => {
      await stands(page, /^现在 78 岁，2028年3月5日 满 80 岁，还不能办。/)
      expect(await count(page, /2028年3月5日 满 80 岁/)).toBe(1)
      expect(await count(page, /没填|对的不用动/)).toBe(0)
      expect(await count(page, /^下一步$/)).toBe(0)
      await sees(page, '打电话')
      await sees(page, '先不办，回去')
    },
  )
})

test('what was applied for again leads to the new one, and a receipt tells what is so now', async () => {
  const owner = await born('邱又来')
  const id = await file(client, owner, 'LX-005')
  await play(client, id, [
    ['village', 'verify'],
    ['window', 'accept'],
    ['reviewer', 'refuse', { reason: '户口不在本县' }],
  ])
  const newer = await file(client, owner, 'LX-005')
  await lookedAt(owner, `features/case/result?id=${id}`, 'again', async (page) => {
    await sees(page, '后来又申请了一次')
    expect(await count(page, '再申请')).toBe(0)
  })
  await lookedAt(owner, 'tabs/case/my-cases', 'again-list', async (page) => {
    expect(await count(page, '等你做')).toBe(0)
  })
  await play(client, newer, [
    ['village', 'verify'],
    [
      'window',
      'request-correction',
      {
        reason: '看不清',
        items: [
          { kind: 'material', name: '居民户口簿', reason: '模糊' },
          { kind: 'field', name: 'bankCard', reason: '对不上' },
        ],
      },
    ],
  ])
  await lookedAt(owner, `features/case/application/submitted?id=${newer}`, 'receipt-asked', async (page) => {
    await sees(page, '这件要补 2 样')
    expect(await count(page, /收到了，接下来交给我们|到时提醒我/)).toBe(0)
  })
  await lookedAt(owner, `features/case/correction?id=${newer}`, 'asked-two', (page) =>
    sees(page, /^还差 2 样：居民户口簿、社保卡\/银行卡号/),
  )
})

test('the son who looks reads that he himself does not meet it yet', async () => {
  const son = await born('邱五一', '1975-03-05')
  await lookedAt(son, 'features/service-item/guide?id=LX-005', 'guide-too-young', (page) =>
    sees(page, /^你自己还不符合：现在 51 岁/),
  )
})

test('a draft whose papers are wanting does not say at its end that none are wanted', async () => {
  const owner = await born('邱旧稿')
  await lookedAt(owner, 'features/case/application/form?id=LX-006&who=self', 'check', async (page) => {
    await page.evaluate(() => {
      const own = `yinxiang:${sessionStorage.getItem('yinxiang-as')}`
      const entry = { key: 'item:LX-006', plainName: '', savedAt: new Date().toISOString(), step: 99 }
      localStorage.setItem(`${own}:draft:item:LX-006`, JSON.stringify({ ...entry, answers: {}, photos: {} }))
      localStorage.setItem(`${own}:drafts`, JSON.stringify([entry]))
    })
    await page.reload()
    await sees(page, '核对一遍')
    await sees(page, /还差 \d 样/)
    expect(await count(page, /没有要交的/)).toBe(0)
  })
})

test('in large letters the first screen calls who is there, says when the village is, and lists what is common', async () => {
  const owner = await born('邱大字')
  await owner.person.send('POST', '/api/account', { body: { villageCode: DALIANG } })
  await lookedAt(owner, 'features/service-item/home', 'home', async (page, elder) => {
    await sees(page, '大家常办')
    await sees(page, /现在没人，今天 18:30 起有人/)
    if (elder) await sees(page, '打 12345 问')
    expect(await count(page, '打电话给服务点')).toBe(0)
  })
})

test('whoever opens a receipt logged out is told of nothing that was received, and of no fault', async () => {
  const owner = await born('邱回执')
  const id = await file(client, owner, 'LX-015')
  for (const { elder, size } of sizes) {
    const { page, go, close } = await openPhone({ size, elder })
    await go(`features/case/application/submitted?id=${id}`)
    await untilShown(page)
    await sees(page, '选一个人登录')
    await sees(page, '登录了，接着看这一页')
    expect(await count(page, '收到了')).toBe(0)
    expect(await count(page, '看办到哪一步')).toBe(0)
    expect(await page.locator('.status-late:visible').count()).toBe(0)
    await keepPicture(page, `ends-logged-out${elder ? '-elder' : ''}`)
    await close()
  }
})

test('what is to be supplemented says until when it is supplemented; a number is shown once, the old one beside a new one', async () => {
  const owner = await born('邱补正')
  const id = await file(client, owner, 'LX-005')
  await play(client, id, [
    ['village', 'verify'],
    [
      'window',
      'request-correction',
      {
        reason: '卡号对不上',
        items: [{ kind: 'field', name: 'bankCard', reason: '卡号和社保卡上的不一样' }],
      },
    ],
  ])
  await lookedAt(owner, `features/case/timeline?id=${id}`, 'correcting', (page) => sees(page, /最晚 .+ 补上/))
  await lookedAt(owner, `features/case/correction?id=${id}`, 'correction', async (page) => {
    expect(await count(page, /原来填的/)).toBe(0)
    const card = fieldOf(page, /银行卡号/)
    const before = await card.inputValue()
    await card.fill('6299000043030583316')
    await sees(page, `原来填的：${before}`)
    await card.fill(before)
  })
})

test('on the page that is kept stands who helped', async () => {
  const mother = await born('邱妈妈')
  const son = await born('邱儿子', '1975-03-05')
  const { name, idNumber } = mother
  const id = await file(client, { person: son.person, name, idNumber, agent: true }, 'LX-005')
  await lookedAt(son, `features/case/one-page?id=${id}`, 'one-page', async (page) => {
    await sees(page, '谁替办的')
    await sees(page, son.name)
  })
})

test('a booking that nobody confirmed is not said to be done: its half day is told as past, everywhere', async () => {
  const owner = await born('邱预约')
  const id = await file(client, owner, 'LX-052')
  await client.door('POST', 'clock', { advanceWorkingDays: 15 })
  for (const path of [
    `features/case/timeline?id=${id}`,
    `features/case/one-page?id=${id}`,
    'tabs/case/my-cases',
  ])
    await lookedAt(owner, path, `booked-${path.split(/[/?]/)[2]}`, async (page) => {
      await sees(page, /约的/)
      await sees(page, /过了/)
      await sees(page, /定下来/)
      expect(await count(page, /(?<!没)办好/)).toBe(0)
    })
})

test('who is late says who has it and who answers now, by day and by night', async () => {
  const owner = await born('邱超期')
  const id = await file(client, owner, 'LX-009')
  await play(client, id, [
    ['village', 'verify'],
    ['window', 'accept'],
  ])
  await client.door('POST', 'clock', { advanceWorkingDays: 30 })
  const path = `features/case/timeline?id=${id}`
  const { now } = (await client.door<{ now: string }>('GET', 'clock')).body
  await lookedAt(owner, path, 'late', async (page) => {
    await sees(page, /没做到，对不住/)
    await sees(page, /梅渚镇现在有人，到 17:30/)
    await sees(page, '打电话')
    await sees(page, '催一催')
  })
  await client.door('POST', 'clock', { set: `${now.slice(0, 10)}T19:00:00+08:00` })
  await lookedAt(owner, path, 'late-night', async (page) => {
    await sees(page, /梅渚镇现在没人，.+ 8:30 起有人。现在有事打 12345/)
    await sees(page, '打 12345')
    expect(await count(page, /^打电话$/)).toBe(0)
  })
})
