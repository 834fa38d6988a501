/** Writes schemas/network-fixtures.schema.json from src/protocol/engine.ts: `node scripts/network-schema.ts`. A test sees to it that it is up to date. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import * as z from 'zod/mini'
import { NetworkFixture } from '../src/protocol/engine.ts'

/** What an editor checks such a file against and completes from. */
export function networkJsonSchema(): object {
  const schema = z.toJSONSchema(z.array(NetworkFixture), { io: 'input' })
  return { ...schema, title: 'Answers to network calls', description: 'The first that fits answers a call; nothing leaves the computer.' }
}

if (import.meta.main)
  writeFileSync(
    join(import.meta.dirname, '../schemas/network-fixtures.schema.json'),
    `${JSON.stringify(networkJsonSchema(), undefined, 2)}\n`
  )
