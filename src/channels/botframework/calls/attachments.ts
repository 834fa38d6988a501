import type { StoredFile } from '../attachments.ts'
import { type Answer, badRequest, type Call, CallError, type Desk } from '../call.ts'

/** What a header can hold; a bot may call its file anything. */
const HEADER = /^[\t\x20-\x7e]*$/

/** E13 */
export function upload(call: Call, desk: Desk): Answer {
  desk.conversations.get(call.params.c!)
  const { type, name, originalBase64, thumbnailBase64 } = (call.body ?? {}) as Record<string, unknown>
  if (typeof type !== 'string' || type === '') throw badRequest('An attachment needs a type.')
  if (originalBase64 === undefined || originalBase64 === null) throw badRequest('An attachment needs originalBase64.')
  const views = new Map([['original', bytesOf(originalBase64)]])
  if (thumbnailBase64 !== undefined && thumbnailBase64 !== null) views.set('thumbnail', bytesOf(thumbnailBase64))
  const id = desk.newId()
  desk.attachments.add(id, { type, name: typeof name === 'string' ? name : '', views })
  return { status: 200, body: { id } }
}

/** E14 */
export function info(call: Call, desk: Desk): Answer {
  const { name, type, views } = fileOf(call, desk)
  return { status: 200, body: { name, type, views: [...views].map(([viewId, { length }]) => ({ viewId, size: length })) } }
}

/** E15 */
export function view(call: Call, desk: Desk): Answer {
  const { type, views } = fileOf(call, desk)
  const data = views.get(call.params.view!)
  if (!data) throw new CallError(404, 'AttachmentViewNotFound', `The attachment has no view ${call.params.view}.`)
  // A bot's file is shown, never run: not as a page of this origin.
  const safe = { 'Content-Security-Policy': "default-src 'none'; sandbox", 'X-Content-Type-Options': 'nosniff' }
  return { status: 200, raw: { type: HEADER.test(type) ? type : 'application/octet-stream', data }, headers: safe }
}

function fileOf(call: Call, desk: Desk): StoredFile {
  const file = desk.attachments.get(call.params.id!)
  if (!file) throw new CallError(404, 'AttachmentNotFound', `There is no attachment ${call.params.id}.`)
  return file
}

/** v3 and v4 JavaScript send base64 in a string; some send a serialised Buffer, or a list of numbers. */
function bytesOf(value: unknown): Buffer {
  if (typeof value === 'string') return Buffer.from(value, 'base64')
  const data = Array.isArray(value) ? value : (value as { data?: unknown }).data
  if (Array.isArray(data)) return Buffer.from(data as number[])
  const numbers = Object.values(value as Record<string, unknown>)
  if (numbers.every(number => typeof number === 'number')) return Buffer.from(numbers as number[])
  throw badRequest('originalBase64 must be text in base64.')
}
