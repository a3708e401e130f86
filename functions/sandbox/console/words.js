// Who is who in the console, and what it calls things.

export const CAST = [
  ['居民', ['li-jianguo', 'chen-guilan', 'xu-tao']],
  ['办事的人', ['wang-lixin', 'zhao-min', 'sun-zhiyuan', 'li-wanqing', 'chen-zhiyuan']],
]
export const STORY = {
  'li-jianguo': '58，开小吃店',
  'chen-guilan': '80，建国的妈妈',
  'xu-tao': '企业经办',
  'wang-lixin': '大梁村代办，种田',
  'zhao-min': '梅渚镇窗口',
  'sun-zhiyuan': '梅渚镇审核',
  'li-wanqing': '市场监管审核',
  'chen-zhiyuan': '总联络员',
}
export const ROLES = {
  resident: '居民',
  'enterprise-agent': '企业经办',
  'village-agent': '代办',
  'town-window': '窗口',
  'town-reviewer': '审核',
  'town-approver': '审批',
  window: '窗口',
  'dept-window': '窗口',
  'dept-reviewer': '审核',
  'dept-approver': '审批',
  liaison: '联络员',
  'chief-liaison': '总联络员',
  admin: '管理员',
}
export const CHANNELS = { subscribe: '服务通知', relation: '小程序助手', template: '公众号', sms: '短信' }
export const STATUSES = {
  queued: '等着发',
  sent: '已发出',
  delivered: '已收到',
  failed: '没送到',
  dropped: '没发',
}
export const CONSENTS = { 'YX-CASE-PROGRESS': '进度', 'YX-CASE-TODO': '待办', 'YX-CASE-RESULT': '结果' }
/** What may be seen beside the story; `needs`: somebody must have something in hand. */
export const OTHERS = [
  {
    title: '开小吃店',
    person: 'li-jianguo',
    page: 'features/service-item/search?q=%E5%BC%80%E5%B0%8F%E5%90%83%E5%BA%97',
    says: '建国用自己的话找“开小吃店”。点一项，看要交什么、多少天、怎么办。',
  },
  {
    title: '补材料',
    person: 'zhao-min',
    needs: 'zhao-min',
    says: '赵敏在窗口。打开一件，点“一次性补正”，勾上缺什么。申请人就收到一条，一次说全。',
  },
  {
    title: '没批准',
    person: 'sun-zhiyuan',
    needs: 'sun-zhiyuan',
    says: '志远审核。打开一件，不批要写为什么；决定书上写着找谁复议、到哪里起诉。',
  },
  {
    title: '断网也能收',
    person: 'li-jianguo',
    page: 'features/case/application/form?id=LX-005',
    says: '这部手机断网了：点“帮别人办”，写的字都还在。关上“断网”，接着办。',
    isCut: true,
  },
]
/** Of the local WeChat, each spent by the next call. */
export const FAULTS = [
  {
    title: '订阅消息发不出去',
    fault: { path: '/cgi-bin/message/subscribe/send', kind: 'error', errcode: 45011 },
  },
  {
    title: '订阅消息慢 5 秒',
    fault: { path: '/cgi-bin/message/subscribe/send', kind: 'latency', milliseconds: 5000 },
  },
  { title: '订阅消息收到就断线', fault: { path: '/cgi-bin/message/subscribe/send', kind: 'reset' } },
  {
    title: '给工作人员的消息发不出去',
    fault: { path: '/cgi-bin/message/wxopen/employeerelationmsg/send', kind: 'error', errcode: 45011 },
  },
  { title: '短信：号码收不到', fault: { path: 'sms', kind: 'error', errcode: 1 } },
  { title: '短信：发得太快', fault: { path: 'sms', kind: 'error', errcode: 3 } },
  { title: '短信慢 5 秒', fault: { path: 'sms', kind: 'latency', milliseconds: 5000 } },
  { title: '短信收到就断线', fault: { path: 'sms', kind: 'reset' } },
  { title: '订阅消息的回执先到', fault: { path: '/cgi-bin/message/subscribe/send', kind: 'before-answer' } },
  { title: '推送来两遍', fault: { path: 'push', kind: 'duplicate' } },
  { title: '推送签名不对', fault: { path: 'push', kind: 'bad-signature' } },
  { title: '推送路上改了一个字节', fault: { path: 'push', kind: 'corrupt' } },
  { title: '推送解不开', fault: { path: 'push', kind: 'unreadable' } },
  { title: '推送晚 30 秒', fault: { path: 'push', kind: 'late', milliseconds: 30_000 } },
  { title: '推送和下一条换了先后', fault: { path: 'push', kind: 'reorder' } },
]

/** What may be chosen of an account's pushes, under the words of WeChat's own settings. */
export const PUSH_CHOICES = [
  ['mode', '消息加密方式', { plain: '明文模式', compatible: '兼容模式', safe: '安全模式' }],
  ['format', '数据格式', { json: 'JSON', xml: 'XML' }],
]
