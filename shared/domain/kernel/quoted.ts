/** In quotation marks; what the words quote themselves stands in single ones within. GB/T 15834-2011 4.8.3.2 */
export const quoted = (words: string) => `“${words.replace(/“/g, '‘').replace(/”/g, '’')}”`
