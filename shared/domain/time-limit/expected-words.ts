/** Until when something that stops was expected to be done, `day` in the words of its place; once that day is over, that it is not. */
export const expectedWords = (day: string, isOver: boolean) =>
  isOver ? `原来预计 ${day} 做完，过了，还没做完` : `预计 ${day} 做完`
