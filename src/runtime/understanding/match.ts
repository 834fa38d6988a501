/** A text without case, accents, punctuation and surplus space. */
export function normalise(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}

/** Whether two texts say the same, word for word. */
export function matchUtterance(known: string, said: string): boolean {
  return normalise(known) === normalise(said)
}
