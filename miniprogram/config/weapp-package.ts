import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { LEAST_LIBRARY } from '#shared/contract/least-library'
import { pagesFor } from '#shared/contract/pages'
import {
  appidFault,
  inventedFacts,
  inventedIn,
  publicBaseFault,
  toldOf,
} from '../../functions/platform/config/release'

/** What a package for WeChat is built with. */
export interface WeappSettings {
  /** What stands before `/api/…`. */
  readonly apiBase: string
  readonly appid: string
}

type Variables = Readonly<Record<string, string | undefined>>

const LOCAL: WeappSettings = { apiBase: 'http://127.0.0.1:3000', appid: 'touristappid' }

async function countyFault(county: string | undefined, packsFolder: string) {
  if (!county) return '没有写。写县数据包的文件夹名'
  const invented = await inventedIn(join(packsFolder, county))
  if (invented === undefined) return `没有 ${county} 这个数据包`
  return invented.length === 0 ? null : `数据包 ${county} 还是演示用的：${toldOf(invented)}标着 demo，是编的`
}

/**
 * `local`: to be tried on this machine, where everything has a default. Else it is for people, and each fault is named by
 * its variable, in Chinese.
 */
export async function settingsOf(
  variables: Variables,
  { local, packsFolder }: { readonly local: boolean; readonly packsFolder: string },
): Promise<WeappSettings | { readonly faults: readonly string[] }> {
  const { API_BASE: apiBase, WEAPP_APPID, WECHAT_MINI_PROGRAM, COUNTY } = variables
  // The server's own setting begins with it.
  const appid = WEAPP_APPID || WECHAT_MINI_PROGRAM?.split(':')[0]
  if (local) return { apiBase: apiBase || LOCAL.apiBase, appid: WEAPP_APPID || LOCAL.appid }
  const found = {
    API_BASE: publicBaseFault(apiBase),
    WEAPP_APPID: appidFault(appid),
    COUNTY: await countyFault(COUNTY, packsFolder),
  }
  const faults = Object.entries(found).flatMap(([name, fault]) =>
    fault === null ? [] : [`${name}：${fault}`],
  )
  return faults.length > 0 || !apiBase || !appid ? { faults } : { apiBase, appid }
}

const written = (folder: string, name: string, value: unknown) =>
  writeFile(join(folder, name), `${JSON.stringify(value, null, 2)}\n`)

/** What Taro does not write: each page's title, who may find which page, and the project as WeChat's own tool opens it. */
export async function finishPackage(folder: string, { appid }: WeappSettings) {
  const pages = pagesFor('weapp')
  for (const { path, title } of pages) {
    const file = `${path}.json`
    const config = JSON.parse(await readFile(join(folder, file), 'utf8')) as object
    await writeFile(join(folder, file), JSON.stringify({ ...config, navigationBarTitleText: title }))
  }
  await written(folder, 'sitemap.json', {
    desc: '只有事项和办事指南可以被搜到，个人的页面都不可以',
    rules: [
      ...pages.filter((page) => page.found).map(({ path }) => ({ action: 'allow', page: path })),
      { action: 'disallow', page: '*' },
    ],
  })
  await written(folder, 'project.config.json', {
    appid,
    projectname: 'yinxiang',
    compileType: 'miniprogram',
    miniprogramRoot: './',
    libVersion: LEAST_LIBRARY,
    // What is compiled already stays as it is.
    setting: { es6: false, postcss: false, minified: false, urlCheck: true },
  })
}

const LOOPBACK = /\bhttps?:\/\/(127\.0\.0\.1|localhost|\[::1\])/

/** What no package for people may hold, in Chinese: facts of invented people or places, an address of this machine. */
export async function unfitIn(folder: string, packsFolder: string): Promise<readonly string[]> {
  const facts = await inventedFacts(packsFolder)
  const names = (await readdir(folder, { recursive: true })).filter((name) => /\.(js|json|wxml)$/.test(name))
  const faults = await Promise.all(
    names.map(async (name) => {
      const text = await readFile(join(folder, name), 'utf8')
      const found = [...facts].filter((fact) => text.includes(fact))
      const loopback = LOOPBACK.exec(text)?.[0]
      return [
        ...found.map((fact) => `${name} 里有编的「${fact}」`),
        ...(loopback === undefined ? [] : [`${name} 里有本机的地址 ${loopback}`]),
      ]
    }),
  )
  return faults.flat()
}
