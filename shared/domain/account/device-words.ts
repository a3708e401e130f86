/** What somebody knows a device by from its browser's own header, where no desk has named it yet. */
export function deviceWords(header: string): '微信' | '苹果手机' | '安卓手机' | '电脑' {
  if (/MicroMessenger/.test(header)) return '微信'
  if (/iPhone|iPad/.test(header)) return '苹果手机'
  return /Android/.test(header) ? '安卓手机' : '电脑'
}
