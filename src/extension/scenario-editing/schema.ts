/** The parts of JSON Schema that the schema of scenario files uses. */
export interface Schema {
  readonly $ref?: string
  readonly description?: string
  readonly type?: string | readonly string[]
  readonly properties?: Readonly<Record<string, Schema>>
  readonly additionalProperties?: boolean | Schema
  readonly items?: Schema
  readonly anyOf?: readonly Schema[]
  readonly oneOf?: readonly Schema[]
  readonly allOf?: readonly Schema[]
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly definitions?: Readonly<Record<string, Schema>>
}

/** Keys of maps and indexes of lists, from the top of the file. */
export type Path = readonly (string | number)[]

/** What may stand at places of a scenario file, by its JSON Schema. */
export class SchemaWords {
  readonly #root: Schema

  constructor(root: Schema) {
    this.#root = root
  }

  /** The keys that may stand in the map at a path, each with what is said of it. */
  keys(path: Path): Map<string, Schema> {
    const found = new Map<string, Schema>()
    for (const schema of this.#at(path)) {
      for (const [key, property] of Object.entries(schema.properties ?? {})) if (!found.has(key)) found.set(key, property)
    }
    return found
  }

  /** The plain values that may stand at a path. */
  values(path: Path): unknown[] {
    const values = this.#at(path).flatMap(schema => {
      if (schema.enum) return [...schema.enum]
      if (schema.const !== undefined) return [schema.const]
      return schema.type === 'boolean' ? [true, false] : []
    })
    return [...new Set(values)].filter(value => value !== null)
  }

  /** What is said of the place: of the key's own value first, else of one of its forms. */
  about(path: Path): string | undefined {
    const key = path.at(-1)
    const own = typeof key === 'string' ? this.keys(path.slice(0, -1)).get(key) : undefined
    return (
      (own && this.#resolved(own).description) ?? own?.description ?? this.#at(path).find(({ description }) => description)?.description
    )
  }

  /** What the value of a key looks like: a map, a list, or something on the same line. */
  formOf(schema: Schema): 'map' | 'list' | 'plain' {
    const forms = this.#forms(schema)
    if (forms.some(({ type, enum: values }) => values || ['string', 'number', 'boolean', 'integer'].includes(String(type)))) return 'plain'
    if (forms.some(({ type }) => type === 'array')) return 'list'
    return forms.some(({ type }) => type === 'object') ? 'map' : 'plain'
  }

  /** All schemas that hold for the value at a path. */
  #at(path: Path): Schema[] {
    let schemas = this.#forms(this.#root)
    for (const part of path) {
      schemas = schemas.flatMap(schema => {
        const next =
          typeof part === 'number'
            ? schema.items
            : (schema.properties?.[part] ?? (typeof schema.additionalProperties === 'object' ? schema.additionalProperties : undefined))
        return next ? this.#forms(next) : []
      })
    }
    return schemas
  }

  /** A schema with its alternatives taken apart. */
  #forms(schema: Schema): Schema[] {
    const own = this.#resolved(schema)
    const parts = [...(own.anyOf ?? []), ...(own.oneOf ?? []), ...(own.allOf ?? [])]
    return parts.length === 0 ? [own] : [own, ...parts.flatMap(part => this.#forms(part))]
  }

  #resolved(schema: Schema): Schema {
    const name = schema.$ref?.replace('#/definitions/', '')
    const target = name === undefined ? undefined : this.#root.definitions?.[name]
    if (!target) return schema
    return schema.description === undefined ? this.#resolved(target) : { ...this.#resolved(target), description: schema.description }
  }
}
