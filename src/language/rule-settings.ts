import { dirname, join } from 'node:path'
import * as z from 'zod/mini'
import type { Severity } from './problem.ts'
import { readText } from './workspace.ts'

/** The file that configures a folder and everything below it. */
export const SETTINGS_FILE = '.proactive-hooks.json'

const Level = z.enum(['error', 'warning', 'info', 'hint', 'off'])
/** Tolerant: unknown keys are left alone. */
const FolderSettings = z.object({
  rules: z.optional(z.record(z.string(), Level)),
  /** The Node version that the server runs, for custom builds. Botpress 12 has 12. */
  node: z.optional(z.number()),
  /** At the top of an opened folder: which declarations of the SDK count, `bundled`, `workspace` or a path. */
  sdk: z.optional(z.string())
})
type FolderSettings = z.infer<typeof FolderSettings>

export const DEFAULT_NODE = 12

/** Severities by rule and folder: the nearest `.proactive-hooks.json` wins, then those above it, then what the editor was set to. */
export class RuleSettings {
  readonly #editor: Readonly<Record<string, Severity | 'off'>>
  readonly #node: number
  readonly #folders = new Map<string, readonly FolderSettings[]>()

  constructor(editor: Readonly<Record<string, Severity | 'off'>> = {}, node = DEFAULT_NODE) {
    this.#editor = editor
    this.#node = node
  }

  severityOf(rule: { id: string; name: string; severity: Severity }, path: string): Severity | 'off' {
    for (const { rules } of this.#above(dirname(path))) {
      const level = rules?.[rule.id] ?? rules?.[rule.name]
      if (level) return level
    }
    return this.#editor[rule.id] ?? this.#editor[rule.name] ?? rule.severity
  }

  nodeOf(path: string): number {
    return this.#above(dirname(path)).find(settings => settings.node !== undefined)?.node ?? this.#node
  }

  /** What the settings file of a folder, or of one above it, says of the SDK. */
  sdkOf(folder: string): string | undefined {
    return this.#above(folder).find(settings => settings.sdk !== undefined)?.sdk
  }

  /** Files changed: read again. */
  refresh(): void {
    this.#folders.clear()
  }

  #above(folder: string): readonly FolderSettings[] {
    const known = this.#folders.get(folder)
    if (known) return known
    const parent = dirname(folder)
    const own = settingsIn(folder)
    const all = [...(own ? [own] : []), ...(parent === folder ? [] : this.#above(parent))]
    this.#folders.set(folder, all)
    return all
  }
}

function settingsIn(folder: string): FolderSettings | undefined {
  const text = readText(join(folder, SETTINGS_FILE))
  if (text === undefined) return undefined
  try {
    const parsed = FolderSettings.safeParse(JSON.parse(text))
    return parsed.success ? parsed.data : undefined
  } catch {
    return undefined
  }
}
