import { basename } from 'node:path'
import type { DeclarationWriter } from './declaration-writer.ts'
import { arrivingPayload } from './pages/page-calls.ts'
import type { Member, Shape } from './pages/shapes.ts'
import type { PageFact } from './rule.ts'

/** A part of a payload as one page sends it. */
interface Sent {
  readonly page: PageFact
  readonly shape: Shape
}

/** A page says at most so much of an example in a comment. */
const MAX_EXAMPLE = 120

/**
 * Declares what the pages of a workspace send, by event type, as `pages.Payloads`. Each member leads to the place of the page where it is written.
 * Nothing is required and more is allowed: another channel may send the same type with less, another page with more.
 */
export function declarePayloads(writer: DeclarationWriter, pages: readonly PageFact[]): ReadonlySet<string> {
  const byType = new Map<string, Sent[]>()
  for (const page of pages) {
    for (const sent of page.sent) {
      const shape = arrivingPayload(sent)
      if (shape && sent.type !== undefined) byType.set(sent.type, [...(byType.get(sent.type) ?? []), { page, shape }])
    }
  }
  if (byType.size === 0) return new Set()
  writer.add('declare namespace pages {\n  interface Payloads {\n')
  for (const [type, sent] of byType) {
    writer.add(`${JSON.stringify(type)}: `)
    declareType(writer, sent)
    writer.add('\n')
  }
  writer.add('  }\n}\n')
  return new Set(byType.keys())
}

function declareType(writer: DeclarationWriter, sent: readonly Sent[]): void {
  if (sent.every(({ shape }) => shape.kind === 'object')) declareObject(writer, sent)
  else if (sent.every(({ shape }) => shape.kind === 'array')) declareArray(writer, sent)
  else {
    const names = new Set(sent.map(({ shape }) => primitiveOf(shape)))
    writer.add(names.size === 1 ? [...names][0]! : 'any')
  }
}

function declareObject(writer: DeclarationWriter, sent: readonly Sent[]): void {
  const members = new Map<string, { page: PageFact; member: Member }[]>()
  for (const { page, shape } of sent) {
    for (const member of shape.kind === 'object' ? shape.members : []) {
      members.set(member.name, [...(members.get(member.name) ?? []), { page, member }])
    }
  }
  writer.add('{ ')
  for (const [name, found] of members) {
    writer.comment(found.map(({ page, member }) => `${exampleText(member.shape)}sent by ${basename(page.path)}`))
    writer.name(
      name,
      found.map(({ page, member }) => ({ path: page.path, text: page.text, span: member.span }))
    )
    writer.add('?: ')
    declareType(
      writer,
      found.map(({ page, member }) => ({ page, shape: member.shape }))
    )
    writer.add('; ')
  }
  writer.add('[other: string]: any }')
}

function declareArray(writer: DeclarationWriter, sent: readonly Sent[]): void {
  const items = sent.flatMap(({ page, shape }) => (shape.kind === 'array' ? shape.items.map(item => ({ page, shape: item })) : []))
  writer.add('(')
  if (items.length === 0) writer.add('any')
  else declareType(writer, items)
  writer.add(')[]')
}

/** JavaScript's name of what a value is; `any` when it is not known, or null. */
function primitiveOf(shape: Shape): string {
  if (shape.kind === 'literal') return shape.value === null ? 'any' : typeof shape.value
  return (shape.kind === 'unknown' && shape.type) || 'any'
}

function exampleText(shape: Shape): string {
  if (shape.kind !== 'literal') return ''
  const text = JSON.stringify(shape.value)
  return `\`${text.length > MAX_EXAMPLE ? `${text.slice(0, MAX_EXAMPLE)}…` : text}\`, `
}
