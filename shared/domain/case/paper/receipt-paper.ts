/** Widths of a roll in millimetres, or a sheet: what a counter has. */
export const RECEIPT_PAPERS = ['58', '80', 'a4'] as const
export type ReceiptPaper = (typeof RECEIPT_PAPERS)[number]
