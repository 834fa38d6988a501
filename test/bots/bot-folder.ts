import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface BotFolder {
  readonly path: string
  /** Writes its program anew, as an author saves it. */
  save(program: string): void
  remove(): void
}

/** A folder with a bot that an author made: found by its manifest, started by `npm start`. Its program speaks HTTP itself, so that no package is needed. */
export function botFolder(program: string, name = 'bot'): BotFolder {
  const path = mkdtempSync(join(tmpdir(), `proactive-hooks-${name}-`))
  const save = (text: string) => writeFileSync(join(path, 'bot.js'), text)
  writeFileSync(
    join(path, 'package.json'),
    JSON.stringify({ name, scripts: { start: 'node bot.js' }, dependencies: { botbuilder: '^4.23.0' } })
  )
  save(program)
  return { path, save, remove: () => rmSync(path, { recursive: true, force: true, maxRetries: 5 }) }
}
