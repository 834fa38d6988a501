import type ts from 'typescript'
import { BUILT_IN_EVENT_TYPES, MESSAGE_TYPES } from '../../botpress/webchat.ts'
import { type TypeBranch, typeBranches } from './branches.ts'
import { bpAliases, type FlagCall, flagCalls, replies, type StateWrite, stateWrites } from './effects.ts'
import { localFunctions, reached } from './flow.ts'
import { ancestors } from './nodes.ts'

/** A branch with all the code that runs in it. */
export interface BranchModel extends TypeBranch {
  readonly code: readonly ts.Node[]
}

/** What several rules ask of a hook; computed once for each text. */
export interface HookModel {
  readonly source: ts.SourceFile
  readonly aliases: ReadonlyMap<string, string>
  readonly functions: ReadonlyMap<string, ts.FunctionLikeDeclaration>
  readonly branches: readonly BranchModel[]
  readonly flags: readonly FlagCall[]
  readonly replies: readonly ts.CallExpression[]
  readonly writes: readonly StateWrite[]
}

const models = new WeakMap<ts.SourceFile, HookModel>()

export function hookModel(source: ts.SourceFile): HookModel {
  const known = models.get(source)
  if (known) return known
  const aliases = bpAliases(source)
  const functions = localFunctions(source)
  const branches = typeBranches(source).map(branch => ({ ...branch, code: reached(branch.region, functions) }))
  const model: HookModel = {
    source,
    aliases,
    functions,
    branches,
    flags: flagCalls([source], aliases),
    replies: replies([source], aliases),
    writes: stateWrites([source], aliases)
  }
  models.set(source, model)
  return model
}

/** Whether a node stands in some code. */
export function isIn(node: ts.Node, code: readonly ts.Node[]): boolean {
  return code.includes(node) || [...ancestors(node)].some(parent => code.includes(parent))
}

/** Flags of a name that are set to something else than `false`. */
export function settings(model: HookModel, name: string): FlagCall[] {
  return model.flags.filter(flag => flag.name === name && !flag.off)
}

/** Whether a flag counts for a branch: set in its code, or outside of every branch, or in another branch for one of its types. */
export function coversBranch(model: HookModel, flag: FlagCall, branch: BranchModel): boolean {
  if (isIn(flag.call, branch.code)) return true
  const others = model.branches.filter(other => isIn(flag.call, other.code))
  return others.length === 0 || others.some(other => other.types.some(type => branch.types.includes(type)))
}

/** A type of the page's own: neither a message of the visitor nor one that Botpress emits and skips itself. */
export function isCustomType(type: string): boolean {
  return !(MESSAGE_TYPES as readonly string[]).includes(type) && !Object.hasOwn(BUILT_IN_EVENT_TYPES, type) && type !== 'voice'
}

/** The hook types whose flags and state lead somewhere: an incoming event passes them before it is decided on. */
export const INCOMING = new Set(['before_incoming_middleware', 'after_incoming_middleware', 'before_suggestions_election'])
