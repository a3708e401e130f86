import type { LookedAt } from '../platform/config/environment'

/** What a county still lacks, and how it is mended; in Chinese, for an operator. */
export interface Lack {
  readonly what: string
  readonly mend: string
}

const SECRET = `node -e "console.log(require('node:crypto').randomBytes(32).toString('base64url'))"`
const ACCOUNT = '写成 <appid>:<secret>:<消息推送 Token>:<EncodingAESKey>'
const store = (what: string): Lack => ({
  what: `文件库的${what}`,
  mend: '境内的、认 S3 协议的存储，桶要私有，见 docs/zh/self-hosted.md',
})

export const LACKS_OF_VARIABLES: Partial<Record<keyof LookedAt['values'], Lack>> = {
  PROFILE: {
    what: '运行方式',
    mend: 'PROFILE=self-hosted：居民的真实数据要存在境内自己的服务器或者政务云上',
  },
  COUNTY: { what: '县数据包', mend: 'COUNTY=drizzle/packs 下面的文件夹名' },
  PUBLIC_URL: {
    what: '居民连的地址',
    mend: 'PUBLIC_URL=https://备过案的域名，结尾不带 /；在小程序后台的服务器域名里也写上它',
  },
  DATABASE_URL: { what: '数据库', mend: 'DATABASE_URL=postgres://…，PostgreSQL 15 以上' },
  REDIS_URL: { what: '限流和锁', mend: 'REDIS_URL=redis://…，Redis 7' },
  S3_ENDPOINT: store('地址'),
  S3_BUCKET: store('桶'),
  S3_ACCESS_KEY_ID: store('账号'),
  S3_SECRET_ACCESS_KEY: store('密钥'),
  WECHAT_MINI_PROGRAM: {
    what: '小程序的 AppID 和密钥',
    mend: `微信公众平台 → 小程序 → 开发管理 → 开发设置，${ACCOUNT}`,
  },
  WECHAT_OFFICIAL_ACCOUNT: {
    what: '服务号的 AppID 和密钥',
    mend: `微信公众平台 → 服务号 → 设置与开发 → 基本配置，${ACCOUNT}`,
  },
  WECHAT_TEMPLATES: {
    what: '订阅消息和用工消息的模板',
    mend: '在小程序后台选 3 个一次性订阅、2 个用工关系模板，编号照 docs/zh/self-hosted.md 的写法写',
  },
  ALLOW_LOCAL_WECHAT: { what: '连的是本机的微信', mend: '去掉 ALLOW_LOCAL_WECHAT 和 WECHAT_API_BASE' },
  WECHAT_API_BASE: { what: '微信的地址', mend: '去掉 WECHAT_API_BASE，只连微信自己的' },
  DATA_KEYS: { what: '个人信息的密钥', mend: `DATA_KEYS=k1:<${SECRET} 打印的>，和备份分开存两份` },
  INDEX_KEY: { what: '查找用的密钥', mend: `INDEX_KEY=<${SECRET} 打印的>，定了就不能换` },
  SPONSOR_NAME: { what: '主办单位', mend: '写单位全称，居民在“我的”和每个指南里看得到' },
  FILING_NUMBER: { what: '备案编号', mend: '按国办函〔2026〕12号备案，把编号写上' },
  DATA_CONTACT: { what: '个人信息的联系电话', mend: '写负责个人信息保护的人的电话' },
}
