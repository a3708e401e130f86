/** 12345 政务服务便民热线, the same in the whole country: whom to call where no unit's own number is known. */
export const HOTLINE = '12345'
