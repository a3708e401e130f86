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
