/** Botpress folders and engines for the tests of this room. */
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { EntryKind, EntryOf, TraceEntry } from '../../src/trace/entry.ts'
import type { TraceLog } from '../../src/trace/log.ts'

export const ENGINE = join(dirname(dirname(dirname(fileURLToPath(import.meta.url)))), 'src/runtime/main.ts')

export interface Folder {
  path: string
  /** Absolute path of a file of it. */
  at(file: string): string
  write(file: string, text: string): string
  remove(): void
}

/** A temporary folder with these files; `{ "data/bots/shop/bot.config.json": "{…}" }`. */
export function folderWith(files: Record<string, string>): Folder {
  const path = realpathSync(mkdtempSync(join(tmpdir(), 'proactive-hooks-test-')))
  const folder: Folder = {
    path,
    at: file => join(path, file),
    write(file, text) {
      mkdirSync(dirname(join(path, file)), { recursive: true })
      writeFileSync(join(path, file), text)
      return join(path, file)
    },
    remove: () => rmSync(path, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 })
  }
  for (const [file, text] of Object.entries(files)) folder.write(file, text)
  return folder
}

/** A bot without flows, so that only hooks speak. */
export const BOT = {
  'data/bots/shop/bot.config.json': JSON.stringify({ id: 'shop', name: 'Shop', defaultLanguage: 'en', languages: ['en'] })
}

/** A global hook of the type in which proactive ones live. */
export function hook(name: string): string {
  return `data/global/hooks/before_incoming_middleware/${name}`
}

/** Resolves with the first entry of a kind that fits, whether it is there already or comes. Rejects after `ms`. */
export function entry<K extends EntryKind>(
  trace: TraceLog,
  kind: K,
  fits: (entry: EntryOf<K>) => boolean = () => true,
  ms = 20_000
): Promise<EntryOf<K>> {
  const find = (entries: readonly TraceEntry[]) =>
    (entries as readonly unknown[] as EntryOf<K>[]).find(one => one.kind === kind && fits(one))
  return new Promise((resolve, reject) => {
    const there = find(trace.entries)
    if (there) {
      resolve(there)
      return
    }
    const stop = trace.subscribe(entries => {
      const found = find(entries)
      if (found) settle(() => resolve(found))
    })
    const timer = setTimeout(() => settle(() => reject(new Error(`No ${kind} within ${ms} ms; the last ones were: ${kinds(trace)}`))), ms)
    const settle = (how: () => void) => {
      stop()
      clearTimeout(timer)
      how()
    }
  })
}

function kinds(trace: TraceLog): string {
  return trace.entries
    .slice(-40)
    .map(({ kind }) => kind)
    .join(', ')
}
