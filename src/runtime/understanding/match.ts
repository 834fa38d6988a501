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

/** Whether something that belongs to contexts (`global` unless told) counts in those that an event includes (R1.14, R4.5). */
export function inContext(contexts: readonly string[] | undefined, included: readonly string[]): boolean {
  return (contexts?.length ? contexts : ['global']).some(one => included.includes(one))
}
