/** A deliberate difference from the recorded outcome. */
interface Allowance {
  case: string
  /** The part of the record it concerns. */
  path: RegExp
  /** Whether the two are related as the reason says. */
  when(expected: unknown, got: unknown): boolean
  reason: string
}

const PRIVATE = new Set(['_upsert', 'boxWithExpiry', 'unboxWithExpiry'])

/** Every deliberate difference, with its reason. A difference that is not listed fails the case. */
export const ALLOWANCES: Allowance[] = [
  {
    case: 'bp-surface',
    path: /temp\.kvs(Global)?$/,
    when: (expected, got) => (expected as string[]).every(name => PRIVATE.has(name) || (got as string[]).includes(name)),
    reason: 'helpers that the real object keeps to itself, and names that every object inherits'
  },
  {
    case: 'bp-surface',
    path: /temp\.bp\.logger\.|temp\.(logger|ghost)$/,
    when: () => true,
    reason: 'private fields of the server’s logger and file service; the names that hook authors may use are compared in test/runtime/surface.test.ts'
  },
  {
    case: 'require-global',
    path: /req\.(fs|path|child_process|crypto|http)\[\d\]$/,
    when: (expected, got) => typeof expected === 'string' && typeof got === 'string',
    reason: 'the order of a Node module’s own properties differs between Node 12 and 24'
  },
  {
    case: 'require-global',
    path: /req\.(vm2|core\/dialog)$/,
    when: (_expected, got) => /not found/.test(String(got)),
    reason: 'the server’s own inside (core/…) does not exist here, and vm2 has known holes and is no longer kept; no public hook requires either'
  }
]

export function isAllowed(name: string, path: string, expected: unknown, got: unknown): boolean {
  return ALLOWANCES.some(one => one.case === name && one.path.test(path) && one.when(expected, got))
}
