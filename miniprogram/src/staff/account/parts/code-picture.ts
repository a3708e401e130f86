import encodeQR from 'qr'

/** What an Image shows of a code to scan. */
export const codePicture = (words: string) =>
  `data:image/svg+xml;utf8,${encodeURIComponent(encodeQR(words, 'svg', { ecc: 'medium', border: 2 }))}`
