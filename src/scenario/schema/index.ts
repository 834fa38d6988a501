import * as z from 'zod'
import { Expect } from './expect.ts'
import { Given } from './given.ts'
import { Step } from './steps.ts'

export { CHECKS, type CheckWord, Expect } from './expect.ts'
export { Given, type Visitor } from './given.ts'
export { BARE, type FullStep, STEPS, Step, type StepInput, type StepValue, type StepWord } from './steps.ts'
export type { Text } from './values.ts'

const Cases = z
  .union([
    z.array(z.record(z.string(), z.unknown())).min(1),
    z.strictObject({ columns: z.array(z.string()).min(1), rows: z.array(z.array(z.unknown())).min(1) })
  ])
  .describe('The scenario is played once for each case; `${name}` stands for the case’s value anywhere in it.')

const common = {
  name: z.string().optional().describe('What it shows, in a sentence.'),
  tags: z.array(z.string()).optional().describe('For `--tag` and the Test view.'),
  skip: z.union([z.boolean(), z.string()]).optional().describe('Not played; a text says why.'),
  only: z.boolean().optional().describe('Of this file only such scenarios are played.'),
  extends: z.string().optional().describe('Another scenario file: its *given* is taken over, its steps come first.'),
  given: Given.optional(),
  parameters: z.record(z.string(), z.unknown()).optional().describe('Values of `${name}` that cases and extending files may change.'),
  cases: Cases.optional(),
  steps: z.array(Step).optional().describe('What happens, in this order.'),
  expect: Expect.optional().describe('What is to be seen over all of it.')
}

const Scenario = z.strictObject(common)

/** A file `*.scenario.yaml` or `*.scenario.json`: a scenario, or several with what they share. */
export const ScenarioFile = z
  .strictObject({
    $schema: z.string().optional(),
    ...common,
    scenarios: z.array(Scenario).min(1).optional().describe('Several scenarios; what stands beside is shared by all of them.')
  })
  .describe('A scenario: what is there, what happens, what is to be seen.')

export type ScenarioFile = z.infer<typeof ScenarioFile>
/** One scenario, as `scenario()` of `proactive-hooks/testing` takes it. */
export type ScenarioInput = z.input<typeof Scenario>
export type GivenInput = z.input<typeof Given>
export type ExpectInput = z.input<typeof Expect>
