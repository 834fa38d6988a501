import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as z from 'zod/mini'
import { Frequency } from '../trace/frequency.ts'

const FILE = '.proactive-hooks.json'
const Settings = z.object({ frequency: z.optional(z.unknown()) })

/** How often bots may speak first, as the first of the folders says that has an opinion; and the sentence about what of it cannot be read. */
export function readFrequency(folders: readonly string[]): { frequency?: Frequency; problem?: { file: string; text: string } } {
  for (const folder of folders) {
    const file = join(folder, FILE)
    const text = readIfThere(file)
    if (text === undefined) continue
    try {
      const settings = Settings.parse(JSON.parse(text))
      if (settings.frequency === undefined) continue
      const read = Frequency.safeParse(settings.frequency)
      if (read.success) return { frequency: read.data }
      const [issue] = read.error.issues
      return {
        problem: {
          file,
          text: `“frequency” in ${FILE} is not understood: ${['frequency', ...(issue?.path ?? [])].join('.')} is not what is expected there. The editor says what is.`
        }
      }
    } catch (error) {
      return { problem: { file, text: `${FILE} cannot be read: ${error instanceof Error ? error.message : String(error)}` } }
    }
  }
  return {}
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}
