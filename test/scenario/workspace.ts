import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

export interface Made {
  root: string
  file(name: string): string
  write(name: string, content: unknown): string
  remove(): void
}

const BOT = { name: 'Shop', defaultLanguage: 'en', languages: ['en'], imports: { contentTypes: ['builtin_text'] } }
const FLOW = {
  version: '0.0.1',
  startNode: 'entry',
  nodes: [
    {
      id: 'n-entry',
      name: 'entry',
      type: 'standard',
      onEnter: ['say #builtin_text {"text":"The flow speaks."}'],
      onReceive: null,
      next: [{ condition: 'true', node: 'END' }]
    }
  ]
}

const LAYOUT = { nodes: [{ id: 'n-entry', position: { x: 0, y: 0 } }], links: [] }

/** A Botpress folder with one bot, and what is given. */
export function made(files: Record<string, unknown> = {}): Made {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'proactive-hooks-scenarios-')))
  const workspace: Made = {
    root,
    file: name => join(root, name),
    write(name, content) {
      const file = join(root, name)
      mkdirSync(dirname(file), { recursive: true })
      writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content, undefined, 2))
      return file
    },
    remove: () => rmSync(root, { recursive: true, force: true })
  }
  const all = {
    'data/bots/shop/bot.config.json': BOT,
    'data/bots/shop/flows/main.flow.json': FLOW,
    'data/bots/shop/flows/error.flow.json': FLOW,
    'data/bots/shop/flows/main.ui.json': LAYOUT,
    'data/bots/shop/flows/error.ui.json': LAYOUT,
    ...files
  }
  for (const [name, content] of Object.entries(all)) workspace.write(name, content)
  return workspace
}

/** A hook of the bot that answers an event type with a text, and keeps the dialog engine away. */
export function answering(type: string, text: string): string {
  return `if (event.type !== '${type}') return
event.setFlag(bp.IO.WellKnownFlags.SKIP_DIALOG_ENGINE, true)
return bp.events.replyToEvent(event, [{ type: 'text', text: ${JSON.stringify(text)} }], event.id)
`
}

export const HOOKS = 'data/bots/shop/hooks/before_incoming_middleware'
