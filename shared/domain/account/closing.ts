import { KEPT_YEARS } from './retention'

/** What there is of a person when they leave, in numbers and names that are public. */
export interface Holdings {
  /** WeChat accounts that lead here; the person leaves with all of them. */
  readonly wechats: number
  /** Photos that no case took. */
  readonly photos: number
  /** Firms that they act for, by the register's name. */
  readonly firms: readonly string[]
  readonly worksHere: boolean
  /** Their number was typed, and WeChat has not said that it is theirs. */
  readonly unconfirmed: boolean
  /** Over, and theirs or filed by them. */
  readonly endedCases: number
  /** The same, and not over: the office goes on with them alone. */
  readonly casesGoingOn: number
  /** Filed by them for another's number, and disowned by whoever has it. */
  readonly disowned: number
  /** Filed by them under a number not theirs by WeChat, and its owner may disown it yet. */
  readonly disownable: number
  readonly ratings: number
  /** Times they agreed to something. */
  readonly consents: number
}

interface Line {
  readonly what: string
  readonly note: string | null
}

const only = (isThere: boolean, line: Line): readonly Line[] => (isThere ? [line] : [])

/** What goes with the account, at once. 个人信息保护法 第47条 */
export const goesAtOnce = ({ wechats, photos, firms, worksHere }: Holdings): readonly Line[] => [
  { what: '姓名、手机号、身份证号、住的村', note: null },
  {
    what: '微信登录，登录过的手机和电脑',
    note: wechats > 1 ? `你有 ${wechats} 个微信能登录，一起注销` : '马上全部退出',
  },
  {
    what: '没填完的、没交的照片',
    note: photos > 0 ? `${photos} 张没交的照片，还有这部手机上没填完的` : '这部手机上没填完的也删',
  },
  { what: '消息、提醒设置、哪天用过', note: '还没发的不再发' },
  ...only(firms.length > 0, {
    what: `替${firms.join('、')}办事的授权`,
    note: '以后要办，重新授权；重新授权以前，从前替它办的也看不到',
  }),
  ...only(worksHere, { what: '工作身份、验证器', note: '管理员会收到消息' }),
]

/** Years that the record of what somebody agreed to outlives them: 个人信息保护法 第56条. */
export const CONSENTS_KEPT_YEARS = 3

/** Years that the words of whoever left are kept: they may name who wrote them. 个人信息保护法 第19条 */
export const REASONS_KEPT_YEARS = 1

/** What stays without a name, how long, and by what. */
export interface Staying extends Line {
  /** Null where no law asks for it and nothing of the person is left in it. */
  readonly law: string | null
}

/** What a stranger typed is not given to whoever comes with the number: of whom it was, WeChat has never said. */
const UNCONFIRMED = '。你没核过身份：给自己办的，以后核过了写的也是“别人替你申请的”'
/** For whoever can still do it. */
const CONFIRM_FIRST = '；要写成自己的，先核身份再注销'

/** Of the file itself, before it is left behind and after. */
const FILE_KEPT =
  '里面有姓名、身份证号和照片：按姓名再也搜不到，办的单位凭编号还能查；你重新登记、核过身份，按身份证号又看得到'

/** 个人信息保护法 第47条: what a law keeps is kept, and used for nothing else. `isClosed`: it is told afterwards. */
export function staysByLaw(holdings: Holdings, isClosed = false): readonly Staying[] {
  const { endedCases, casesGoingOn, disowned, disownable, ratings, consents } = holdings
  const unconfirmed = holdings.unconfirmed ? UNCONFIRMED + (isClosed ? '' : CONFIRM_FIRST) : ''
  return [
    ...(endedCases > 0
      ? [
          {
            what: `办过的 ${endedCases} 件事和文书`,
            note: `按县里的档案保管期限留，没到期不删。${FILE_KEPT}${unconfirmed}`,
            law: '档案法 第14条、县里的保管期限',
          },
        ]
      : []),
    ...(casesGoingOn > 0
      ? [
          {
            what: `还没办完的 ${casesGoingOn} 件事`,
            note: `单位接着办完，不再发消息给你，结果凭编号到窗口问。${FILE_KEPT}${unconfirmed}`,
            law: '档案法 第14条、县里的保管期限',
          },
        ]
      : []),
    {
      what: '谁看过、办过你的事',
      note: `留 ${KEPT_YEARS.log} 年，只有编号，没有姓名`,
      law: '网络安全法 第21条',
    },
    ...(disowned > 0
      ? [
          {
            what: `被说“不是我申请的”的 ${disowned} 件`,
            note: '留一个编码，只认得出是这个微信，和那件事留得一样久；重新登记，也不能再拿那个号码申请',
            law: '个人信息保护法 第13条第一款第三项',
          },
        ]
      : []),
    ...(disownable > 0
      ? [
          {
            what: `用别人的或者没核过的号码申请的 ${disownable} 件`,
            note: '留一个编码，只认得出是这个微信，留到不能再说“不是我申请的”，或者那件事删掉；在微信里核过那个号码的人才能说，说了，重新登记也不能再拿那个号码申请',
            law: '个人信息保护法 第13条第一款第三项',
          },
        ]
      : []),
    ...(consents > 0
      ? [
          {
            what: '你同意过什么、哪天同意的',
            note: `留 ${CONSENTS_KEPT_YEARS} 年，没有姓名，到期删`,
            law: '个人信息保护法 第56条',
          },
        ]
      : []),
    ...(ratings > 0
      ? [{ what: `评过的 ${ratings} 次`, note: '写的话删掉，分数不带姓名，算进县里的数', law: null }]
      : []),
  ]
}
