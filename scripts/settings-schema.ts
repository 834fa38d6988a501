/** Writes schemas/settings.schema.json, by which editors complete and check `.proactive-hooks.json`: `node scripts/settings-schema.ts`. A test sees to it that it is up to date. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import * as z from 'zod/mini'
import { RULES } from '../src/language/rules/index.ts'
import { Frequency } from '../src/trace/frequency.ts'

type Schema = {
  description?: string
  properties?: Record<string, Schema>
  items?: Schema
  additionalProperties?: boolean
  default?: unknown
}

/** What each setting means, by where it stands. */
const DESCRIPTIONS: Record<string, string> = {
  '': 'How often a bot may speak of its own accord. Runs in the simulator are measured by it.',
  caps: 'At most so many unasked messages in so many hours; every line counts. Without one there is no limit.',
  'caps.messages': '0: never.',
  'caps.hours': 'Any stretch of so long: 24 for a day.',
  quietHours: 'No unasked message between these times of day.',
  'quietHours.from': 'For example 22:00.',
  'quietHours.to': 'For example 08:00.',
  'quietHours.timeZone': 'By whose clock: an IANA name such as Europe/Zurich. Without it by that of the visitor’s browser.'
}

/** What an editor checks such a file against and completes from. */
export function settingsJsonSchema(): object {
  const { $schema, ...frequency } = z.toJSONSchema(Frequency, { io: 'input', target: 'draft-7' }) as Schema & { $schema?: string }
  return {
    $schema,
    title: 'Proactive Hooks',
    description: 'Settings for this folder and everything below it.',
    type: 'object',
    properties: {
      frequency: {
        ...described(frequency, ''),
        defaultSnippets: [
          {
            label: 'One message a day, quiet at night',
            body: { caps: [{ messages: 1, hours: 24 }], quietHours: { from: '22:00', to: '08:00' } }
          }
        ]
      },
      rules: {
        type: 'object',
        description: 'How grave the findings of a rule are, by its number or name.',
        properties: Object.fromEntries(RULES.map(({ id, title, severity }) => [id, { ...LEVEL, description: title, default: severity }])),
        additionalProperties: LEVEL
      },
      node: { type: 'number', description: 'The Node version that the server runs, for custom builds. Botpress 12 has 12.', default: 12 },
      sdk: {
        type: 'string',
        description: 'Which declarations of the SDK count, at the top of an opened folder: bundled, workspace, or a path.',
        examples: ['bundled', 'workspace']
      }
    }
  }
}

const LEVEL = { enum: ['error', 'warning', 'info', 'hint', 'off'] }

function described(schema: Schema, path: string): Schema {
  const below = (name: string) => (path === '' ? name : `${path}.${name}`)
  const { properties, items } = schema
  return {
    ...schema,
    ...(DESCRIPTIONS[path] !== undefined && { description: DESCRIPTIONS[path] }),
    ...(properties && {
      properties: Object.fromEntries(Object.entries(properties).map(([name, value]) => [name, described(value, below(name))])),
      additionalProperties: false
    }),
    // The members of a list have no name of their own.
    ...(items && { items: { ...described(items, path), description: DESCRIPTIONS[path] } as Schema })
  }
}

if (import.meta.main)
  writeFileSync(join(import.meta.dirname, '../schemas/settings.schema.json'), `${JSON.stringify(settingsJsonSchema(), undefined, 2)}\n`)
