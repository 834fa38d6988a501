import { behaviourHook, waitingHook } from './behaviour-hook.ts'
import { behaviourPage } from './behaviour-page.ts'
import { behaviourScenarios } from './behaviour-scenarios.ts'
import type { Behaviour } from './choices.ts'

export interface NewFile {
  /** Below the Botpress folder, with forward slashes. */
  readonly path: string
  readonly text: string
}

/** All files of a behaviour; the hook comes first. */
export function behaviourFiles(behaviour: Behaviour): NewFile[] {
  const { botId, name } = behaviour
  const hooks = `data/bots/${botId}/hooks`
  const file = name.replaceAll('-', '_')
  const waiting = waitingHook(behaviour)
  const page = behaviourPage(behaviour)
  return [
    { path: `${hooks}/before_incoming_middleware/10_${file}.js`, text: `${behaviourHook(behaviour)}\n` },
    ...(waiting ? [{ path: `${hooks}/before_conversation_end/10_${file}.js`, text: `${waiting}\n` }] : []),
    ...(page ? [{ path: `pages/${name}.html`, text: page }] : []),
    { path: `scenarios/${name}.scenario.yaml`, text: behaviourScenarios(behaviour) }
  ]
}
