import type { Span } from './body-map.ts'

/** A place of the workspace that a declared name stands for. */
export interface Origin {
  readonly path: string
  /** The file's text, to which the span belongs. */
  readonly text: string
  readonly span: Span
}

/** What a workspace declares for its hooks. */
export interface Declarations {
  readonly text: string
  /** Where the name at an offset of the text was found. */
  readonly origins: ReadonlyMap<number, readonly Origin[]>
}

/** Writes declarations, and remembers which name is from where. */
export class DeclarationWriter {
  #text = ''
  readonly #origins = new Map<number, readonly Origin[]>()

  add(text: string): void {
    this.#text += text
  }

  /** A documentation comment. It starts a line: TypeScript takes it for one of what was before otherwise. */
  comment(lines: readonly string[]): void {
    const safe = [...new Set(lines)].map(line => line.replaceAll('*/', '*\u200b/'))
    if (safe.length > 0) this.#text += `\n/** ${safe.join('\n\n')} */ `
  }

  name(name: string, origins: readonly Origin[]): void {
    const plain = /^[A-Za-z_$][\w$]*$/.test(name)
    // TypeScript names the place of a quoted name by what stands within the quotes.
    this.#origins.set(this.#text.length + (plain ? 0 : 1), origins)
    this.#text += plain ? name : JSON.stringify(name)
  }

  done(): Declarations {
    return { text: this.#text, origins: this.#origins }
  }
}
