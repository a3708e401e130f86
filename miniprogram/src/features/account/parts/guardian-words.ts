/** For whoever has registered with a child's number, on every page that says so. 个人信息保护法 第31条 */
export const FOR_CHILD = '大人换成自己的号码登记；孩子的事由监护人替他申请'
