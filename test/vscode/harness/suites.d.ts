/** Made by scripts/build.ts: every `*.test.ts` below `test/vscode` by its path below that folder. Importing one runs its `describe`. */
declare module 'virtual:suites' {
  export const suites: Record<string, () => Promise<unknown>>
}
