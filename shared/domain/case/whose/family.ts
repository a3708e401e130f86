/** What is told to the family of an applicant who died while the case ran. The county's own words. */
export const FAMILY_GOES_ON =
  '申请人不在了，这件到此为止。家里人可以带死亡证明和自己的身份证，到村里或镇上窗口办后面的事'
