import { deepStrictEqual, ok, strictEqual } from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import {
  CONTENT_TYPES,
  type ContentField,
  type ContentFields,
  contentTypeOf,
  DISPLAY_PROPERTIES,
  OTHER_PAYLOAD_TYPES
} from '../../src/botpress/content-types.ts'
import { declaredFacts } from './facts.ts'
import { declarationSources } from './program.ts'

interface Property {
  readonly type: string
  readonly required?: boolean
  readonly default?: unknown
  readonly enum?: readonly string[]
  readonly subtype?: string
  readonly fileFilter?: string
  readonly minItems?: number
  readonly maxItems?: number
  readonly items?: { readonly type: string } & Form
}

interface Form {
  readonly properties?: Readonly<Record<string, Property>>
  readonly conditional?: { on: string; when: Readonly<Record<string, { properties: Record<string, string>; required: string[] }>> }
}

interface ReferenceType extends Form {
  readonly id: string
  readonly title: string
  readonly group: string
  readonly hiddenInFlowEditor: boolean
  readonly payloadType: string | null
  readonly sample: { args: Record<string, unknown>; cmsPayloads: readonly Record<string, unknown>[] }
}

const reference: { contentTypes: readonly ReferenceType[]; otherWebPayloadTypes: { type: string }[]; displayProperties: string[] } =
  JSON.parse(readFileSync(new URL('content-types.json', import.meta.url), 'utf8'))
const declared = declaredFacts(declarationSources)

/** The reference's form as the table writes it, without the sentences. */
function fieldsOf({ properties = {}, conditional }: Form): Record<string, unknown> {
  const plain = Object.entries(properties).map(([name, property]) => [name, fieldOf(property)])
  const dependent = Object.entries(conditional?.when ?? {}).flatMap(([is, { properties, required }]) =>
    Object.entries(properties).map(([name, type]) => [
      name,
      { type, ...(required.includes(name) && { required: true }), when: { field: conditional!.on, is } }
    ])
  )
  return Object.fromEntries([...plain, ...dependent])
}

function fieldOf(property: Property): Record<string, unknown> {
  const { type, required, default: studioDefault, enum: oneOf, subtype, fileFilter, minItems, maxItems, items } = property
  return {
    type,
    ...(required && { required }),
    ...(studioDefault !== undefined && { studioDefault }),
    ...(oneOf && { oneOf }),
    ...(subtype && { media: { kind: subtype, pick: fileFilter } }),
    ...(minItems !== undefined && { minItems, maxItems }),
    ...(items && { items: items.properties ? fieldsOf(items) : items.type })
  }
}

function withoutSentences(fields: ContentFields): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).map(([name, { about, items, ...field }]: [string, ContentField]) => {
      ok(about.length > 5 && !about.endsWith('.'), about)
      return [name, { ...field, ...(items && { items: typeof items === 'string' ? items : withoutSentences(items) }) }]
    })
  )
}

/** Members of the interface that declares a content type's fields, those of its bases included. */
function declaredFields(name: string): string[] {
  const bases = /extends (\S+)/.exec(declared.get(`bp.cms.${name}:interface`)!)?.[1]?.split(',') ?? []
  const own = [...declared.keys()].filter(key => key.startsWith(`bp.cms.${name}#`)).map(key => key.split('#')[1]!)
  return [...own, ...bases.flatMap(declaredFields)].sort()
}

describe('sdk: content types', () => {
  it('are the 11 built-in ones, in the order of the studio', () => {
    deepStrictEqual(
      CONTENT_TYPES.map(type => type.id),
      reference.contentTypes.map(type => type.id)
    )
    strictEqual(contentTypeOf('builtin_text')?.payloadType, 'text')
    strictEqual(contentTypeOf('builtin_texts'), undefined)
  })

  for (const expected of reference.contentTypes) {
    const type = contentTypeOf(expected.id)!

    it(`know the fields of ${expected.id}: types, what is required, what the studio starts with (R13.10)`, () => {
      strictEqual(type.title, expected.title)
      strictEqual(type.group, expected.group)
      strictEqual(type.payloadType ?? null, expected.payloadType)
      strictEqual(type.hiddenInFlowEditor ?? false, expected.hiddenInFlowEditor)
      deepStrictEqual(withoutSentences(type.fields), fieldsOf(expected))
    })

    it(`declare the same fields of ${expected.id} for bp.cms.renderElement`, () => {
      const name = declared.get(`bp.cms.ContentTypes#${expected.id}`)!
      deepStrictEqual(declaredFields(name), Object.keys(type.fields).sort())
      for (const [field, { required, when }] of Object.entries(type.fields)) {
        const fact = declared.get(`bp.cms.${name}#${field}`) ?? 'optional'
        strictEqual(fact.startsWith('optional'), !required || when !== undefined, `${expected.id}.${field}`)
      }
    })

    it(`know all arguments of the sample of ${expected.id}, and the type of its payload (R13.7)`, () => {
      deepStrictEqual(
        Object.keys(expected.sample.args).filter(name => !(name in type.fields)),
        []
      )
      deepStrictEqual(
        expected.sample.cmsPayloads.map(payload => payload.type),
        type.payloadType === undefined ? [] : [type.payloadType]
      )
    })
  }

  it('leave over the payload types that no content type renders to (R19.6)', () => {
    const others = reference.otherWebPayloadTypes.map(other => other.type).filter(type => !type.startsWith('('))
    deepStrictEqual(Object.keys(OTHER_PAYLOAD_TYPES).sort(), others.sort())
    deepStrictEqual(
      [...DISPLAY_PROPERTIES],
      reference.displayProperties.map(name => name.split(' (')[0])
    )
  })
})
