import type { CoveredScript } from '../protocol/coverage.ts'

/** A file with all its scripts: a hook is one, a page may hold several. */
export interface CoveredFile {
  readonly file: string
  readonly statements: CoveredScript['statements']
  readonly branches: CoveredScript['branches']
  readonly functions: CoveredScript['functions']
}

/** Adds up what many runs covered, whichever process they ran in. Of a file that was edited meanwhile the text that came last counts. */
export class CoverageCollection {
  /** By file, then by place in the file. */
  readonly #files = new Map<string, Map<string, CoveredScript>>()

  add(scripts: readonly CoveredScript[]): void {
    for (const script of scripts) {
      const places = this.#files.get(script.file) ?? new Map<string, CoveredScript>()
      this.#files.set(script.file, places)
      const before = places.get(script.at)
      places.set(script.at, before?.version === script.version ? sum(before, script) : script)
    }
  }

  get files(): CoveredFile[] {
    const sorted = [...this.#files].sort(([a], [b]) => (a < b ? -1 : 1))
    return sorted.map(([file, places]) => {
      const scripts = [...places.values()]
      return {
        file,
        statements: scripts.flatMap(script => script.statements),
        branches: scripts.flatMap(({ branches }) =>
          branches.map(({ span, ways }) => ({ span, ways: ways.map(way => ({ ...way, count: Math.max(0, way.count) })) }))
        ),
        functions: scripts.flatMap(script => script.functions)
      }
    })
  }

  get scripts(): CoveredScript[] {
    return [...this.#files.values()].flatMap(places => [...places.values()])
  }
}

/** Two counts of one text. */
function sum(a: CoveredScript, b: CoveredScript): CoveredScript {
  const add = <T extends { count: number }>(one: T, other: T | undefined): T => ({ ...one, count: one.count + (other?.count ?? 0) })
  return {
    ...a,
    statements: a.statements.map((one, index) => add(one, b.statements[index])),
    branches: a.branches.map(({ span, ways }, index) => ({
      span,
      ways: ways.map((one, way) => add(one, b.branches[index]?.ways[way]))
    })),
    functions: a.functions.map((one, index) => add(one, b.functions[index]))
  }
}

export interface Share {
  readonly covered: number
  readonly total: number
}

/** How much of a file was executed at least once. */
export function sharesOf({ statements, branches, functions }: CoveredFile): { statements: Share; branches: Share; functions: Share } {
  return { statements: share(statements), branches: share(branches.flatMap(({ ways }) => ways)), functions: share(functions) }
}

/** Lines with how often they were executed: of several statements that begin in one, the least often executed counts. */
export function linesOf({ statements }: Pick<CoveredFile, 'statements'>): Map<number, number> {
  const lines = new Map<number, number>()
  for (const { span, count } of statements) lines.set(span.line, Math.min(count, lines.get(span.line) ?? count))
  return new Map([...lines].sort(([a], [b]) => a - b))
}

function share(items: readonly { count: number }[]): Share {
  return { covered: items.filter(({ count }) => count > 0).length, total: items.length }
}
