import * as z from 'zod'
import { ScenarioFile } from './index.ts'

/** The JSON Schema of scenario files, for editors; kept in `schemas/scenario.schema.json`. */
export function scenarioJsonSchema(): object {
  const schema = z.toJSONSchema(ScenarioFile, { io: 'input', unrepresentable: 'any', reused: 'ref', target: 'draft-7' })
  return { ...schema, title: 'Scenario of Proactive Hooks' }
}
