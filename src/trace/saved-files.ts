import * as z from 'zod/mini'
import { baseName, list } from './words.ts'

/** What a file of the workspace is to bots and pages. `hook`: events call it; `other-hook`: the server's, a bot's or a conversation's own life does. */
export const SavedKind = z.enum([
  'hook',
  'other-hook',
  'action',
  'flow',
  'content',
  'content-type',
  'question',
  'intent',
  'library',
  'settings',
  'page'
])
export type SavedKind = z.infer<typeof SavedKind>

export const SavedFile = z.object({
  file: z.string(),
  what: SavedKind,
  /** It is not there any more. */
  gone: z.optional(z.boolean()),
  /** Its text until then and from then on, as far as it is known and short enough for a trace; null: there was no such file, or is none. */
  before: z.optional(z.nullable(z.string())),
  after: z.optional(z.nullable(z.string()))
})
export type SavedFile = z.infer<typeof SavedFile>

/** Longer texts are no part of a trace, characters. */
const LONGEST = 65_536

/** A text for the trace: undefined when it is too long for it. */
export const shortText = (text: string | null) => ((text?.length ?? 0) > LONGEST ? undefined : text)

/** The texts of a saved file as the trace tells them. */
export function savedTexts(before: string | null | undefined, after: string | null | undefined): Pick<SavedFile, 'before' | 'after'> {
  return { ...(before !== undefined && { before }), ...(after !== undefined && { after }) }
}

/** What comes of a save (of scripts by R1.8), as the middle of a sentence. */
const NEXT: Record<SavedKind, { now: string; gone: string }> = {
  hook: { now: 'the next event runs the new text', gone: 'the next event does not run it any more' },
  'other-hook': { now: 'its next run is of the new text', gone: 'it does not run any more' },
  action: { now: 'the next flow that calls it runs the new text', gone: 'flows that call it will fail' },
  flow: { now: 'the next event goes by the new one', gone: 'the next event does not find it' },
  content: { now: 'the next message uses the new text', gone: 'the next message does not find it' },
  'content-type': { now: 'the next message is rendered by the new one', gone: 'the next message does not find it' },
  question: { now: 'the next event is compared with the new one', gone: 'the next event is not compared with it any more' },
  intent: { now: 'the next event is understood by the new one', gone: 'the next event does not find it' },
  library: { now: 'the next script that needs it loads it anew', gone: 'scripts that need it will fail' },
  settings: { now: 'it counts from the next event on', gone: 'defaults count from the next event on' },
  page: { now: 'the next load of the page takes the new one', gone: 'the next load of the page does not find it' }
}

/** A hook by its type, anything else by its name: `hooks/before_incoming_middleware/10_x.js`, `shop.html`. */
export function savedName({ file, what }: SavedFile): string {
  const plain = file.replaceAll('\\', '/')
  return what === 'hook' || what === 'other-hook' ? plain.slice(plain.lastIndexOf('/hooks/') + 1) : baseName(plain)
}

/** A sentence for each thing that comes of a save. */
export function savedSentences(files: readonly SavedFile[]): string[] {
  const groups = new Map<string, SavedFile[]>()
  for (const file of files) {
    const key = file.gone ? `deleted; ${NEXT[file.what].gone}` : `saved; ${NEXT[file.what].now}`
    groups.set(key, [...(groups.get(key) ?? []), file])
  }
  return [...groups].map(([key, files]) => `${list(files.map(savedName), 3)} ${files.length > 1 ? 'were' : 'was'} ${key}.`)
}
