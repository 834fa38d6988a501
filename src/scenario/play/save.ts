import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { savedTexts, shortText } from '../../trace/saved-files.ts'
import { savedKindOf } from '../../trace/saved-kind.ts'
import type { Actor } from './actions.ts'

/** What the step is given. */
export interface Save {
  file: string
  text?: string | null
  replace?: Record<string, string>
}

/** A file is saved as by the author: what belongs to bots in the copy that the engine reads, what belongs to pages in place of the workspace's own. */
export async function save(value: Save, { stage, root, write }: Actor): Promise<void> {
  const file = value.file.replaceAll('\\', '/')
  const isOfBots = file.startsWith('data/')
  const path = join(isOfBots ? root : stage.site.base, file)
  const before = isOfBots ? (existsSync(path) ? readFileSync(path, 'utf8') : null) : (stage.site.get(file)?.text ?? null)
  const after = textOf(value, before)
  let isShown = false
  if (isOfBots) write(file, after)
  else isShown = stage.site.save(file, after)
  const what = savedKindOf(path)
  const saved = what && { file: path, what, ...(after === null && { gone: true }), ...savedTexts(shortText(before), shortText(after)) }
  await stage.engine.call('changed', { files: [path], saved: saved ? [saved] : [] })
  // As in the simulator: who looks at the page has the new one at once.
  if (isShown) for (const visitor of stage.visitors.values()) visitor.reload()
}

/** @throws when it cannot be made of the file as it is */
function textOf({ file, text, replace = {} }: Save, before: string | null): string | null {
  if (text === null) return null
  let now = text ?? before
  if (now === null) throw new Error(`There is no file ${file}. Say its whole text.`)
  for (const [from, to] of Object.entries(replace)) {
    if (!now.includes(from)) throw new Error(`${file} does not contain “${from}”.`)
    now = now.replaceAll(from, () => to)
  }
  return now
}
