/** The command line was not understood: exit code 2, the sentence on standard error. */
export class Misuse extends Error {
  override name = 'Misuse'
}
