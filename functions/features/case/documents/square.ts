import encodeQR from 'qr'

/** A link as a square to scan, SVG: a fourth of it may be lost to a fold or a stamp. */
export const squareOf = (link: string) => encodeQR(link, 'svg', { ecc: 'quartile', border: 4 })

/** The same as the address of a picture. Drawn here: WeChat's phones lack what the library draws it with. */
export const pictureOf = (link: string) => `data:image/svg+xml;utf8,${encodeURIComponent(squareOf(link))}`
