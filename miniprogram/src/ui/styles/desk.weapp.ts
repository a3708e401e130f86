// A phone is nobody's desk.
export {}
