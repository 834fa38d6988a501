/** What went wrong as a sentence for the user: never a stack trace. */
export function sentenceOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error)
  return text || 'Something failed without saying what.'
}
