import { ALLOWANCE } from '../../product/allowance'

/** What one does on the form where it is asked. `chosen` begins how the wheel then says what is chosen. */
export type Entry =
  | { readonly kind: 'type'; readonly label: string; readonly value: string }
  | {
      readonly kind: 'turn'
      readonly label: string
      readonly chosen: string
      readonly to: number | readonly number[] | string
    }
  | { readonly kind: 'choose'; readonly label: string | RegExp }
  /** Once, as long as this is there to be pressed. */
  | { readonly kind: 'press'; readonly label: string }

/** A paper or a field for photos: the tile that takes one, and how its photos are named. */
export interface Tile {
  readonly takes: RegExp
  readonly photo: string
  /** How many are taken. */
  readonly count: number
}

/** What an office asks for afterwards, and what is answered. */
export interface CorrectionPlan {
  readonly acts: readonly (readonly [staff: string, action: 'verify' | 'request-correction' | 'accept'])[]
  readonly paper: string
  readonly tile: Tile
  readonly field: string
  readonly entry: Extract<Entry, { kind: 'type' }>
}

/** Somebody with something to apply for. */
export interface Plan {
  readonly item: string
  readonly plainName: string
  readonly whom: 'self' | 'other'
  /** 0: registers on the way. */
  readonly level: 0 | 2 | 3
  readonly born: string
  readonly entries: (on: Applicant) => readonly Entry[]
  readonly tiles: readonly Tile[]
  /** What the case must hold of what was typed, by the field's key. */
  readonly answers: (on: Applicant) => Readonly<Record<string, unknown>>
  readonly correction?: CorrectionPlan
  /** Who refuses to accept it: then one applies again. */
  readonly declinedBy?: string
}

/** Who it is for, where another; and numbers of one's own in each journey. */
export interface Applicant {
  readonly name: string
  readonly idNumber: string
  readonly mobile: string
  readonly village: readonly [town: number, village: number]
  readonly villageName: string
}

const CARD = '6299000043030583308'
const card = (count = 1): readonly Tile[] => [
  { takes: /^拍正面，居民身份证/, photo: '居民身份证正面', count: 1 },
  { takes: /^拍反面，居民身份证/, photo: '居民身份证反面', count },
]
const tile = (name: string, count = 1): Tile => ({
  takes: new RegExp(`^(拍一张|再拍一张)，${name.replace(/[（）]/g, '.')}`),
  photo: `${name}，第`,
  count,
})
const village = ({ village: to, villageName }: Applicant): Entry => ({
  kind: 'turn',
  label: '所在的村（社区）',
  chosen: villageName,
  to,
})
const type = (label: string, value: string) => ({ kind: 'type', label, value }) as const
const REGISTER = tile('居民户口簿', 2)

const ALLOWANCE_CORRECTION: CorrectionPlan = {
  acts: [
    ['wang-lixin', 'verify'],
    ['zhao-min', 'request-correction'],
  ],
  paper: '居民户口簿',
  tile: tile('居民户口簿'),
  field: 'bankCard',
  entry: type('社保卡/银行卡号', '6299000043030583316'),
}

export const PLANS: readonly Plan[] = [
  {
    item: 'LX-005',
    plainName: '高龄津贴',
    whom: 'self',
    level: 3,
    born: ALLOWANCE.born,
    entries: (on) => [village(on), type('社保卡/银行卡号', CARD)],
    tiles: [...card(), REGISTER, tile('社会保障卡（或本人银行卡）')],
    answers: () => ({ bankCard: CARD, villageCode: ALLOWANCE.village }),
    correction: ALLOWANCE_CORRECTION,
  },
  {
    item: 'LX-017',
    plainName: '失业登记',
    whom: 'self',
    level: 0,
    born: '1984-06-07',
    entries: (on) => [
      village(on),
      { kind: 'turn', label: '失业原因', chosen: '企业关停', to: 1 },
      { kind: 'turn', label: '失业日期', chosen: '11月', to: '2026-11-02' },
      type('求职意向', '会开叉车，也能看仓库'),
    ],
    tiles: card(),
    answers: () => ({
      leaveReason: '企业关停',
      leaveDate: '2026-11-02',
      intent: '会开叉车，也能看仓库',
      villageCode: ALLOWANCE.village,
    }),
    declinedBy: 'zhao-min',
  },
  {
    item: 'LX-005',
    plainName: '高龄津贴',
    whom: 'other',
    level: 3,
    born: '1975-02-11',
    entries: (on) => [
      type('姓名', on.name),
      type('身份证号', on.idNumber),
      type('手机号', on.mobile),
      village(on),
      type('社保卡/银行卡号', CARD),
      { kind: 'turn', label: '代办人与老人关系', chosen: '子女', to: 0 },
    ],
    tiles: [...card(), REGISTER, tile('社会保障卡（或本人银行卡）')],
    answers: (on) => ({
      name: on.name,
      idNo: on.idNumber,
      mobile: on.mobile,
      bankCard: CARD,
      agentRel: '子女',
    }),
    correction: ALLOWANCE_CORRECTION,
  },
  {
    item: 'LX-021',
    plainName: '城乡医保参保',
    whom: 'self',
    level: 3,
    born: '1980-09-01',
    entries: (on) => [
      village(on),
      { kind: 'press', label: '换成别人' },
      type('姓名', on.name),
      type('身份证号', on.idNumber),
      { kind: 'turn', label: '资助类别', chosen: '低保', to: 1 },
    ],
    tiles: [...card(), tile('居民户口簿')],
    answers: (on) => ({ who: [{ n: on.name, i: on.idNumber, g: '低保' }] }),
  },
  {
    item: 'LX-052',
    plainName: '办税预约',
    whom: 'self',
    level: 2,
    born: '1988-01-20',
    entries: (on) => [
      type('单位/企业名称', '郎溪县梅渚镇李记小吃店'),
      type('统一社会信用代码', '92341821DEM903328K'),
      type('法定代表人/经营者', on.name),
      { kind: 'choose', label: '发票申领' },
      { kind: 'choose', label: '申报辅导' },
      { kind: 'turn', label: '预约时段，哪天', chosen: '11月30日', to: 3 },
      { kind: 'choose', label: /^下午/ },
    ],
    tiles: [tile('营业执照')],
    answers: (on) => ({
      uscc: '92341821DEM903328K',
      legalRep: on.name,
      service: ['发票申领', '申报辅导'],
      slot: { date: '2026-11-30', half: '下午' },
    }),
  },
  {
    item: 'LX-006',
    plainName: '老年人优待证',
    whom: 'self',
    level: 3,
    born: '1950-10-10',
    entries: (on) => [village(on)],
    tiles: [...card(), tile('本人一寸照片')],
    answers: () => ({ villageCode: ALLOWANCE.village }),
  },
  {
    item: 'LX-019',
    plainName: '灵活就业补贴',
    whom: 'self',
    level: 2,
    born: '1979-12-12',
    entries: (on) => [
      village(on),
      { kind: 'turn', label: '申领期间，从哪天', chosen: '1月1日', to: '2026-01-01' },
      { kind: 'turn', label: '申领期间，到哪天', chosen: '6月30日', to: '2026-06-30' },
      type('已缴养老（元），元', '4188.60'),
      type('已缴医疗（元），元', '1530'),
      type('社保卡/银行卡号', CARD),
    ],
    tiles: card(),
    answers: () => ({ period: { from: '2026-01-01', to: '2026-06-30' }, bankCard: CARD }),
  },
]
