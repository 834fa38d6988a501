/** Writes schemas/scenario.schema.json from src/scenario/schema: `node scripts/scenario-schema.ts`. A test sees to it that it is up to date. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { scenarioJsonSchema } from '../src/scenario/schema/json-schema.ts'

const folder = join(import.meta.dirname, '../schemas')
mkdirSync(folder, { recursive: true })
writeFileSync(join(folder, 'scenario.schema.json'), `${JSON.stringify(scenarioJsonSchema(), undefined, 2)}\n`)
