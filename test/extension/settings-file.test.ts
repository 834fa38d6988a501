import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { settingsJsonSchema } from '../../scripts/settings-schema.ts'
import { RULES } from '../../src/language/rules/index.ts'
import { Frequency } from '../../src/trace/frequency.ts'

const root = join(import.meta.dirname, '../..')
const json = (file: string) => JSON.parse(readFileSync(join(root, file), 'utf8'))

interface Schema {
  properties: Record<string, Schema>
  items: Schema
  description: string
  required: string[]
  additionalProperties: unknown
  pattern: string
  defaultSnippets: { body: unknown }[]
}

describe('The file .proactive-hooks.json', () => {
  const schema = json('schemas/settings.schema.json') as Schema

  it('is completed and checked by a schema that is made from the settings themselves: run `node scripts/settings-schema.ts` when this fails', () => {
    assert.deepEqual(schema, JSON.parse(JSON.stringify(settingsJsonSchema())))
    const matches = json('package.json').contributes.jsonValidation as { fileMatch: string; url: string }[]
    assert.deepEqual(
      matches.filter(({ url }) => url === './schemas/settings.schema.json').map(({ fileMatch }) => fileMatch),
      ['.proactive-hooks.json']
    )
  })

  it('knows caps and quiet hours, each with a description, and nothing besides', () => {
    const { frequency } = schema.properties
    const { caps, quietHours } = frequency!.properties
    assert.deepEqual(Object.keys(frequency!.properties), ['caps', 'quietHours'])
    assert.deepEqual(
      [caps!.items.required, Object.keys(caps!.items.properties)],
      [
        ['messages', 'hours'],
        ['messages', 'hours']
      ]
    )
    assert.deepEqual(Object.keys(quietHours!.properties), ['from', 'to', 'timeZone'])
    for (const one of [
      frequency!,
      caps!,
      quietHours!,
      ...Object.values(caps!.items.properties),
      ...Object.values(quietHours!.properties)
    ]) {
      assert.ok(one.description.length > 5, JSON.stringify(one))
    }
    for (const closed of [frequency!, caps!.items, quietHours!]) assert.equal(closed.additionalProperties, false)
    const pattern = new RegExp(quietHours!.properties.from!.pattern)
    assert.deepEqual(
      ['22:00', '8:00', '24:00', '7:60', 'ten'].map(time => pattern.test(time)),
      [true, true, false, false, false]
    )
  })

  it('offers a beginning that is understood', () => {
    const [snippet] = schema.properties.frequency!.defaultSnippets
    assert.deepEqual(Frequency.parse(snippet!.body), {
      caps: [{ messages: 1, hours: 24 }],
      quietHours: { from: '22:00', to: '08:00' }
    })
  })

  it('knows every rule by its number', () => {
    assert.deepEqual(
      Object.keys(schema.properties.rules!.properties),
      RULES.map(({ id }) => id)
    )
  })
})
