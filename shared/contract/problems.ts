/** Every error of the product: append only. `code` is stable; pages switch on it. RFC 9457. */
export const PROBLEMS = {
  'request.malformed': { status: 400, title: '没看懂发来的内容' },
  'request.invalid': { status: 400, title: '有的内容不合要求' },
  'request.idempotency-key-missing': { status: 400, title: '缺少防重复的编号，没有办' },
  'request.too-large': { status: 413, title: '发来的内容太大了' },
  'request.headers-too-large': { status: 431, title: '请求带的内容太多了，关掉重新打开再试' },
  'request.media-type': { status: 415, title: '发来的格式不对' },
  'request.not-found': { status: 404, title: '没有这一页' },
  'request.method': { status: 405, title: '不能这样访问' },
  'request.rate-limited': { status: 429, title: '点得太快了，等一等再试' },
  'request.still-running': { status: 409, title: '正在办，等一等再看' },
  'request.key-reused': { status: 422, title: '同一个编号用在了不同的内容上' },
  'server.error': { status: 500, title: '出错了，不是你的问题' },
  'server.unavailable': { status: 503, title: '现在连不上，等一等再试' },
  'account.not-logged-in': { status: 401, title: '还没有登录' },
  'account.session-ended': { status: 401, title: '登录过期了，重新登录就好' },
  'account.session-locked': { status: 401, title: '这台电脑锁上了，输 PIN 接着办' },
  'account.pin-wrong': { status: 422, title: 'PIN 不对' },
  'account.pin-guessed': { status: 422, title: '这个 PIN 太好猜，换一个' },
  'account.desk-code-invalid': { status: 404, title: '这个码用过或过期了，电脑上换一个新码再扫' },
  'account.desk-codes-many': { status: 429, title: '这个网络上等着扫的电脑太多了，等一等再换码' },
  'account.phone-needed': { status: 403, title: '这件事要在手机上办' },
  'account.second-factor-needed': { status: 403, title: '先输验证器上的 6 位数' },
  'account.second-factor-wrong': { status: 422, title: '验证器上的数不对，或者已经用过，等下一个' },
  'account.second-factor-fixed': { status: 409, title: '验证器已经绑好了' },
  'account.second-factor-missing': { status: 409, title: '还没有绑验证器' },
  'account.login-code-invalid': { status: 401, title: '登录没成，再点一次' },
  'account.login-blocked': { status: 403, title: '微信暂时不让这个号登录，可以到窗口办' },
  'account.phone-code-invalid': { status: 422, title: '手机号没取到，再点一次' },
  'account.real-name-needed': { status: 403, title: '先登记姓名和身份证号' },
  'account.identity-mismatch': { status: 422, title: '和微信里的实名对不上' },
  'account.identity-unavailable': { status: 422, title: '微信里没有实名，可以带身份证到窗口或村里核' },
  'account.identity-code-invalid': { status: 422, title: '核身份没成，再点一次' },
  'account.identity-fixed': { status: 409, title: '身份已经核过，不能改' },
  'account.invitation-invalid': { status: 404, title: '没有这个邀请，或者已经用过' },
  'account.guardian-needed': {
    status: 422,
    title: '登记的是不满 14 岁的孩子的号码：大人换成自己的号码登记，孩子的事由监护人来办',
  },
  'account.already-staff': { status: 409, title: '这个微信已经绑定了工作身份' },
  'account.confirm-first': { status: 409, title: '先核一次身份，再绑定工作身份' },
  'account.not-the-member': { status: 409, title: '这个邀请是给别人的，和你核过的身份对不上' },
  'account.village-unknown': { status: 422, title: '没有这个村' },
  'account.role-needed': { status: 403, title: '你的工作身份不能办这个' },
  'service-item.not-found': { status: 404, title: '没有这件事' },
  'service-item.closed': { status: 422, title: '现在不在办理时间里' },
  'application.invalid': { status: 422, title: '有几处要改一改' },
  'application.name-differs': { status: 422, title: '名字和核过的不一样' },
  'application.duplicate': { status: 409, title: '同样的一件交过了' },
  'application.filed-already': { status: 409, title: '这一份已经交上了' },
  'application.disowned': {
    status: 422,
    title:
      '这个号码上次写过，号码的主人说不是自己申请的。写错了的改成对的；是别人的事，由他自己申请，或者到窗口办',
  },
  'case.named-disowner': {
    status: 422,
    title: '这个号码的主人说没有申请这件，不能再写他。照真正申请的人的身份证写',
  },
  'application.slot-full': { status: 409, title: '这个时段约满了，换一个' },
  'upload.type': { status: 415, title: '只收照片（JPG、PNG、WebP）和 PDF' },
  'upload.too-large': { status: 413, title: '文件太大了' },
  'upload.missing': { status: 422, title: '有文件没传上来，再传一次' },
  'upload.form-invalid': { status: 403, title: '上传的凭据不对或过期了' },
  'case.not-found': { status: 404, title: '没有这件办件' },
  'case.state-changed': { status: 409, title: '这件刚刚有人办过了，看看最新的' },
  'case.action-not-allowed': { status: 409, title: '现在不能这样办' },
  'case.not-your-task': { status: 403, title: '这一步不归你办' },
  'case.own-case': { status: 403, title: '自己和亲属的事要由别人办' },
  'case.reason-missing': { status: 422, title: '要写明理由' },
  'case.identity-unconfirmed': { status: 409, title: '申请人的身份还没核过，先核身份' },
  'case.visit-missing': { status: 409, title: '先记两人以上到现场的情况' },
  'case.rectification-open': { status: 409, title: '整改还没复查' },
  'case.publicity-running': { status: 409, title: '公示还没满' },
  'case.notice-number': { status: 422, title: '公示里不能有身份证号、手机号、银行卡号，去掉再发' },
  'case.notice-name': { status: 422, title: '公示里不能有申请人和家里人的名字，去掉再发' },
  'case.publicity-over': { status: 409, title: '公示期过了，异议要在公示期里提' },
  'case.second-correction': { status: 409, title: '补正只能告知一次，再告知要由审批人写理由' },
  'case.extended-before': { status: 409, title: '只能延长一次' },
  'case.undecided': { status: 409, title: '还没有作决定' },
  'case.target-unknown': { status: 422, title: '缺一样要写明的' },
  'case.officers-too-few': { status: 422, title: '到现场要两人以上' },
  'case.recheck-day': { status: 422, title: '复查要选今天以后的工作日，不能过了法定期限，最长一年' },
  'case.officer-elsewhere': { status: 422, title: '到现场的人都要是办这一步的单位的' },
  'case.unpaid': { status: 409, title: '钱还没发，记下发放的日子再办结' },
  'case.approval-answered': { status: 403, title: '这个请示不用你批了：已经有人批过，或者不再需要批' },
  'case.approval-asked': { status: 409, title: '已经请示过了，等着批' },
  'case.file-not-found': { status: 404, title: '没有这个文件' },
  'case.document-not-found': { status: 404, title: '没有这份文书' },
  'case.identity-fixed': { status: 422, title: '身份核过了，或者本人已经在办，姓名和证件号不用再补' },
  'case.applicant-unnamed': {
    status: 422,
    title: '先写明给谁办：核身份时把申请人的姓名和身份证号一起写上',
  },
  'case.limit-over': { status: 409, title: '法定期限已经过了，不能再延长' },
  'case.undo-over': { status: 409, title: '过了能撤销的时间' },
  'case.undo-entangled': { status: 409, title: '别的跟着这一步变了，不能撤销了' },
  'rating.too-early': { status: 409, title: '办好以后再评' },
  'rating.already-given': { status: 409, title: '这件已经评过了' },
  'reminder.not-found': { status: 404, title: '没有这条消息' },
  'time-limit.calendar-missing': { status: 422, title: '那一年的放假安排这里没有，算不出日期' },
  'sandbox.person-unknown': { status: 404, title: '没有这个人' },
  'sandbox.clock-backwards': { status: 409, title: '时钟只能往前走' },
  'request.too-slow': { status: 408, title: '传得太慢，已经断开，再试一次' },
  'account.consent-needed': { status: 409, title: '先看协议，同意了再接着办' },
  'account.consent-fixed': { status: 409, title: '这一条不能单独收回' },
  'account.cases-open': { status: 409, title: '还有没办完的事，办完或撤回就能注销' },
  'account.work-in-hand': { status: 409, title: '手上还有要办的件，先转给同事' },
  'account.last-admin': { status: 409, title: '县里只有你一位系统管理员，先请另一位接上' },
  'account.member-unknown': { status: 404, title: '名单上没有这个人，或者已经停用' },
  'account.own-work': { status: 409, title: '自己的工作身份，请另一位管理员来停' },
  'account.member-work-in-hand': { status: 409, title: '这位同事手上还有要办的件，一起交出来才能停' },
  'application.service-over': { status: 409, title: '这里停用了，不收新的申请，到窗口办' },
} as const

export type ProblemCode = keyof typeof PROBLEMS

/** What travels beside the code, where it helps. */
export interface Problem {
  readonly type: 'about:blank'
  readonly code: ProblemCode
  readonly title: string
  readonly status: number
  readonly detail?: string
  readonly requestId: string
  readonly errors?: readonly { readonly pointer: string; readonly code: string; readonly message: string }[]
  readonly retryAfterSeconds?: number
  readonly allowedActions?: readonly unknown[]
  readonly caseId?: string
  /** What is to be agreed to first, in the words that hold now. */
  readonly consents?: readonly { readonly purpose: string; readonly version: string }[]
}
