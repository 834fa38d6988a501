import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Case } from './case.ts'

const flow = (name: string) => ({
  version: '0.0.1',
  catchAll: {},
  startNode: 'entry',
  nodes: [{ id: `${name}-entry`, name: 'entry', onEnter: [], onReceive: null, next: [{ condition: 'true', node: '' }] }]
})

/** A bot that says nothing, which cases lay their files over. */
const EMPTY_BOT: Record<string, unknown> = { 'flows/main.flow.json': flow('main'), 'flows/error.flow.json': flow('error') }

/** Writes a case's project below `root`. */
export function writeProject(root: string, { files, bots }: Case): void {
  for (const [path, content] of Object.entries(files)) write(join(root, path), content)
  for (const [botId, { files: own = {}, config }] of Object.entries(bots)) {
    const bot = join(root, 'data', 'bots', botId)
    const all: Record<string, unknown> = { ...EMPTY_BOT, ...own }
    for (const path of Object.keys(all).filter(one => one.endsWith('.flow.json'))) {
      all[path.replace(/\.flow\.json$/, '.ui.json')] ??= { nodes: [], links: [] }
    }
    const dialog = { timeoutInterval: '5m' }
    write(join(bot, 'bot.config.json'), { id: botId, name: botId, defaultLanguage: 'en', languages: ['en'], dialog, ...config })
    for (const [path, content] of Object.entries(all)) write(join(bot, path), content)
  }
}

export function write(file: string, content: unknown): void {
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content, null, 2))
}
