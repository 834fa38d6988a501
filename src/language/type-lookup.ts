import ts from 'typescript'
import type { HookFile, TypeService } from './service.ts'

/** Types of nodes of a hook's own tree, looked up at the same place of the tree that TypeScript checks. */
export class TypeLookup {
  readonly #types: TypeService
  readonly #hook: HookFile

  constructor(types: TypeService, hook: HookFile) {
    this.#types = types
    this.#hook = hook
  }

  /** The text of a node's type, such as `Promise<void>`; undefined when TypeScript knows nothing, as of `any`. */
  typeOf(node: ts.Node): string | undefined {
    const program = this.#types.language.getProgram()
    const source = program?.getSourceFile(this.#hook.name)
    if (!program || !source) return undefined
    const start = this.#hook.map.toVirtual(node.getStart())
    const end = this.#hook.map.toVirtual(node.end)
    const twin = find(source, source, start, end, node.kind)
    if (!twin) return undefined
    const checker = program.getTypeChecker()
    const type = checker.getTypeAtLocation(twin)
    return type.flags & ts.TypeFlags.Any ? undefined : checker.typeToString(type, undefined, ts.TypeFormatFlags.NoTruncation)
  }
}

function find(source: ts.SourceFile, node: ts.Node, start: number, end: number, kind: ts.SyntaxKind): ts.Node | undefined {
  if (node.kind === kind && node.end === end && node.getStart(source) === start) return node
  return ts.forEachChild(node, child => (child.pos <= start && child.end >= end ? find(source, child, start, end, kind) : undefined))
}
