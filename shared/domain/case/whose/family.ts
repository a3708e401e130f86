/** What is told to the family of an applicant who died while the case ran. The county's own words. */
export const FAMILY_GOES_ON =
  '申请人不在了，这件到此为止。家里人可以带死亡证明和自己的身份证，到村里或镇上窗口办后面的事'

/** The same of what was decided before it was known: the decision stands. */
export const FAMILY_TAKES =
  '申请人不在了，已经作出的决定不变，文书交给家里人。家里人可以带死亡证明和自己的身份证，到办这件的窗口来拿'

/** To whoever was told of it before. */
export const NOT_DEAD = '前面记的“申请人不在了”记错了，已经改正，照原来的接着办'
