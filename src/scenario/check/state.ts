import type { Change } from '../../trace/entry.ts'
import { inline, list } from '../../trace/words.ts'
import { isNode } from './events.ts'
import { valueMatches, valueWords } from './match.ts'
import type { Miss, View } from './view.ts'

/** What the bot remembers. */

export async function state(expected: Record<string, unknown>, view: View): Promise<Miss[]> {
  const { visitor, botId, stage } = view
  const stored = (await stage.engine.call('readState', { botId, visitorId: visitor.browser.visitorId })) as unknown as Record<
    string,
    unknown
  >
  return Object.entries(expected).flatMap(([path, wanted]) => {
    const actual = at(stored, path)
    if (valueMatches(wanted, actual)) return []
    const thrown = view.of('state-discarded', view.all).some(({ changes }) => changes.some(change => covers(change.path, path)))
    const because = thrown
      ? `It was changed, but the change was thrown away: without the dialog engine nothing saves the state unless FORCE_PERSIST_STATE is set.`
      : undefined
    return [
      {
        path: [path],
        message: `${path} was expected to be ${valueWords(wanted)}, but it is ${actual === undefined ? 'not there' : inline(actual, 200)}.`,
        expected: text(wanted),
        actual: text(actual),
        ...(because ? { because } : view.because())
      }
    ]
  })
}

export async function waitsAt(expected: string | null, view: View): Promise<Miss[]> {
  const { visitor, botId, stage } = view
  const { context } = await stage.engine.call('readState', { botId, visitorId: visitor.browser.visitorId })
  const { currentFlow, currentNode } = context as { currentFlow?: string; currentNode?: string }
  const actual = currentFlow && currentNode ? `${currentFlow}#${currentNode}` : undefined
  if (expected === null ? actual === undefined : actual !== undefined && isNode(actual, expected)) return []
  return [
    {
      message: `The conversation was expected to wait at ${expected ?? 'no node'}, but it ${actual ? `waits at ${actual}` : 'waits at none'}.`,
      expected: String(expected),
      actual: String(actual),
      ...view.because()
    }
  ]
}

export const kept = (expected: string | string[], view: View): Miss[] => changed(expected, view, 'state-saved')
export const discarded = (expected: string | string[], view: View): Miss[] => changed(expected, view, 'state-discarded')

function changed(expected: string | string[], view: View, kind: 'state-saved' | 'state-discarded'): Miss[] {
  const changes: Change[] = view.of(kind).flatMap(entry => entry.changes)
  const others = view.of(kind === 'state-saved' ? 'state-discarded' : 'state-saved').flatMap(entry => entry.changes)
  const [word, opposite] = kind === 'state-saved' ? ['kept', 'thrown away'] : ['thrown away', 'kept']
  return [expected].flat().flatMap((path, index) => {
    if (changes.some(change => covers(change.path, path))) return []
    const isOther = others.some(change => covers(change.path, path))
    const was = isOther
      ? `it was ${opposite}`
      : changes.length > 0
        ? `${list(
            changes.map(change => bare(change.path)),
            6
          )} was`
        : 'nothing was'
    const because =
      isOther && kind === 'state-saved'
        ? { because: 'Without the dialog engine nothing saves the state unless the hook sets FORCE_PERSIST_STATE.' }
        : view.because()
    return [
      {
        path: Array.isArray(expected) ? [index] : [],
        message: `${path} was expected to be ${word}, but ${was}.`,
        expected: path,
        actual: changes.map(change => bare(change.path)).join('\n'),
        ...because
      }
    ]
  })
}

const bare = (path: string) => path.replace(/^state\./, '')

/** A change of `session` concerns `session.greeted`, and the other way round. */
function covers(change: string, path: string): boolean {
  const changed = bare(change)
  return changed === path || changed.startsWith(`${path}.`) || path.startsWith(`${changed}.`)
}

function at(stored: Record<string, unknown>, path: string): unknown {
  return path.split('.').reduce<unknown>((value, key) => (value as Record<string, unknown> | null | undefined)?.[key], stored)
}

const text = (value: unknown) => (value === undefined ? 'nothing' : (JSON.stringify(value, undefined, 2) ?? String(value)))
