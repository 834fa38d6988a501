import { join } from 'node:path'
import type { BotEvent } from '../api.ts'
import type { GhostFiles } from '../files.ts'
import { type OnProblem, placeOf, readJson } from '../json-file.ts'
import { inContext, normalise } from './match.ts'

interface Intent {
  name: string
  contexts?: string[]
  utterances: Record<string, string[]>
  slots?: { name: string; entities: string[] }[]
}

interface Entity {
  name: string
  type: 'pattern' | 'list'
  pattern?: string
  matchCase?: boolean
  occurrences?: { name: string; synonyms: string[] }[]
}

export interface IntentHost {
  readonly root: string
  readonly files: GhostFiles
  readonly problem: OnProblem
  language(event: BotEvent): string
  say(message: string, event: BotEvent): void
}

/** Types for which the real middleware predicts nothing (R8.8). */
export const NOT_PREDICTED = new Set(['session_reference', 'session_reset', 'bp_dialog_timeout', 'visit', 'say_something', ''])
/** `[value](slot)` in a stored utterance. */
const SLOT = /\[([^\]]*)\]\(([^)]*)\)/g

/**
 * A small, honest stand-in for language understanding: an utterance equals one of the workspace's, apart from case, accents and
 * punctuation, with anything in the place of a slot; entities are found by their patterns and lists. It says what it did.
 */
export class Intents {
  readonly #host: IntentHost
  #cache = new Map<string, { intents: Intent[]; entities: Entity[] }>()

  constructor(host: IntentHost) {
    this.#host = host
  }

  changed(files: readonly string[]): void {
    if (files.some(file => /\/(intents|entities)\//.test(file.replaceAll('\\', '/')))) this.#cache.clear()
  }

  /** Fills `event.nlu` for a text, unless whoever sent the event did. */
  understand(event: BotEvent): void {
    const text = String(event.preview)
    const nlu = event.nlu as Record<string, unknown> & { intent: { name: string } }
    if (nlu.intent?.name !== 'none') return
    const language = this.#host.language(event)
    const { intents, entities } = this.#of(event.botId)
    nlu.language = language
    nlu.detectedLanguage = language
    nlu.entities = entities.flatMap(entity => findEntity(entity, text))
    const included = nlu.includedContexts as string[]
    for (const intent of intents.filter(one => inContext(one.contexts, included))) {
      for (const utterance of intent.utterances?.[language] ?? []) {
        const slots = matchSlots(utterance, text)
        if (!slots) continue
        nlu.intent = {
          name: intent.name,
          confidence: 1,
          context: intent.contexts?.find(one => included.includes(one)) ?? 'global'
        } as never
        nlu.intents = [nlu.intent]
        nlu.slots = Object.fromEntries(
          Object.entries(slots).map(([name, value]) => [name, { name, value, source: value, confidence: 1, entity: null }])
        )
        this.#host.say(`Intent "${intent.name}" by the same words; the simulator compares texts, it does not predict.`, event)
        return
      }
    }
    if (intents.length > 0)
      this.#host.say(
        'No intent has these words; the simulator compares texts, it does not predict. Send `nlu` with the event to set one.',
        event
      )
  }

  #of(botId: string) {
    let known = this.#cache.get(botId)
    if (!known) {
      const folder = join(this.#host.root, 'data', 'bots', botId)
      const intents = this.#read<Intent>(join(folder, 'intents')).filter(one => !one.name?.startsWith('__qna__'))
      known = { intents, entities: this.#read<Entity>(join(folder, 'entities'), readsPattern) }
      this.#cache.set(botId, known)
    }
    return known
  }

  /** @param check throws for what cannot be used */
  #read<T>(folder: string, check: (one: T) => void = () => {}): T[] {
    const { files, problem } = this.#host
    const found: T[] = []
    for (const name of files.below(folder).filter(isOwn)) {
      const file = join(folder, name)
      try {
        const one = readJson(files, file) as T
        check(one)
        found.push(one)
      } catch (error) {
        problem(placeOf(error, file), `The file cannot be used: ${(error as Error).message}`)
      }
    }
    return found
  }
}

/** The server reads the files of the folder itself only. */
const isOwn = (path: string) => path.endsWith('.json') && !path.includes('/')

/** @throws SyntaxError */
function readsPattern({ type, pattern }: Entity): void {
  if (type === 'pattern' && pattern) new RegExp(pattern)
}

/** @returns the slots' values, or undefined when the utterance says something else */
function matchSlots(utterance: string, text: string): Record<string, string> | undefined {
  const names: string[] = []
  const marked = utterance.replace(SLOT, (_all, _value, slot: string) => {
    names.push(slot)
    return ' 0slot0 '
  })
  const pattern = normalise(marked)
    .split('0slot0')
    .map(part => part.trim())
    .join(' (.+?) ')
    .replace(/ +/g, ' ')
    .trim()
  const match = new RegExp(`^${pattern}$`, 'u').exec(normalise(text))
  return match ? Object.fromEntries(names.map((name, index) => [name, match[index + 1]!])) : undefined
}

function findEntity(entity: Entity, text: string) {
  const made = (source: string, value: string, start: number) => ({
    name: entity.name,
    type: entity.type,
    meta: { confidence: 1, source, start, end: start + source.length, sensitive: false },
    data: { value, unit: 'string' }
  })
  if (entity.type === 'pattern' && entity.pattern) {
    const all = text.matchAll(new RegExp(entity.pattern, entity.matchCase ? 'g' : 'gi'))
    return [...all].map(match => made(match[0], match[0], match.index))
  }
  const said = text.toLowerCase()
  return (entity.occurrences ?? []).flatMap(({ name, synonyms }) =>
    [name, ...(synonyms ?? [])].flatMap(word => {
      const start = said.indexOf(word.toLowerCase())
      return start < 0 ? [] : [made(text.slice(start, start + word.length), name, start)]
    })
  )
}
