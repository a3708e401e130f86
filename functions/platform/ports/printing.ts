import type { ReceiptPaper } from '#shared/domain/case/paper/receipt-paper'

/** An organ's paper in words, as it stands on a page and on a sheet; no word of it is markup. */
export interface Sheet {
  readonly title: string
  readonly number: string | null
  /** Null where it is for everybody. */
  readonly recipient: string | null
  /** Each of one line. */
  readonly paragraphs: readonly string[]
  readonly organ: string
  /** In words. */
  readonly day: string
  /** `YYYY-MM-DD`, for the properties of the file. */
  readonly issuedOn: string
  /** Stands at the head of what is no paper of an organ; null on a real one. */
  readonly mark: string | null
  /** On a certificate, in place of recipient and paragraphs; missing on every other paper. */
  readonly certificate?: {
    readonly rows: readonly { readonly label: string; readonly text: string }[]
    /** In groups, to be typed. */
    readonly code: string
    /** The same to be scanned, as SVG. */
    readonly square: string
  }
}

/** What somebody takes home from a counter, on a roll or a sheet; no word of it is markup. */
export interface Slip {
  readonly title: string
  readonly place: string | null
  /** Each line a paragraph of its own. */
  readonly rows: readonly { readonly label: string; readonly lines: readonly string[] }[]
  readonly numberLabel: string
  readonly number: string
  readonly notes: readonly string[]
  /** What a phone reads, as SVG, and what it is for; null where nothing is looked up. */
  readonly scan: { readonly words: string; readonly square: string } | null
  /** `YYYY-MM-DD`, for the properties of the file. */
  readonly issuedOn: string
  readonly mark: string | null
}

export interface Printing {
  /**
   * A4, by GB/T 9704 but for a certificate, PDF/A-2b; the same bytes for the same words, fonts and engine. Throws `Unprintable` where a character
   * stands in no font: a blank in a name is no paper.
   */
  pdf(paper: Sheet): Promise<Uint8Array>
  /** As wide as the paper of the counter's printer, in millimetres, and as long as its words; throws as `pdf`. */
  slip(slip: Slip, paper: ReceiptPaper): Promise<Uint8Array>
}

/** A character that no font has. Which one is told to nobody: it may be of a name. */
export class Unprintable extends Error {
  override readonly name = 'Unprintable'
}
