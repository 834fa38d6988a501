import Joi from 'joi'
import type { BotEvent } from '../api.ts'

/** Own keys that an event may have, with what each must be (R4.8). Checked outside of production mode only. */
const SCHEMA = Joi.object({
  type: Joi.string().required(),
  channel: Joi.string().required(),
  target: Joi.string().required(),
  id: Joi.string().required(),
  direction: Joi.string()
    .regex(/^(incoming|outgoing)$/)
    .required(),
  preview: Joi.string().optional(),
  payload: Joi.object().required(),
  botId: Joi.string().required(),
  createdOn: Joi.date().required(),
  threadId: Joi.string().optional(),
  messageId: Joi.string().guid().optional(),
  incomingEventId: Joi.string().optional(),
  suggestions: Joi.array().optional(),
  credentials: Joi.any(),
  debugger: Joi.boolean(),
  flags: Joi.any().required(),
  state: Joi.any(),
  nlu: Joi.object({
    intent: Joi.object(),
    intents: Joi.array(),
    entities: Joi.array(),
    language: Joi.string(),
    detectedLanguage: Joi.string(),
    spellChecked: Joi.string(),
    ambiguous: Joi.boolean(),
    slots: Joi.object(),
    errored: Joi.boolean(),
    includedContexts: Joi.array(),
    predictions: Joi.object(),
    ms: Joi.number(),
    modelId: Joi.string()
  }).optional()
})

const KNOWN = new Set(
  'type channel target id direction preview payload botId createdOn threadId messageId incomingEventId suggestions credentials debugger flags state nlu'.split(
    ' '
  )
)
const STRINGS = ['type', 'channel', 'target', 'id', 'botId'] as const
const filled = (value: unknown) => typeof value === 'string' && value !== ''

/** Why the event is refused, in the words a hook sees, or undefined. */
export function whyInvalid(event: BotEvent): string | undefined {
  if (isPlainlyValid(event)) return undefined
  const { error } = Joi.validate({ ...event }, SCHEMA)
  return error ? `Invalid Botpress Event: ${error.message}` : undefined
}

/** The common case, told without the schema. */
function isPlainlyValid(event: BotEvent): boolean {
  if (typeof event !== 'object' || event === null) return false
  for (const key of Object.keys(event)) if (!KNOWN.has(key)) return false
  return (
    STRINGS.every(key => filled(event[key])) &&
    (event.direction === 'incoming' || event.direction === 'outgoing') &&
    (event.preview === undefined || filled(event.preview)) &&
    typeof event.payload === 'object' &&
    event.payload !== null &&
    !Array.isArray(event.payload) &&
    event.messageId === undefined &&
    event.createdOn instanceof Date &&
    event.flags !== undefined &&
    (event.threadId === undefined || filled(event.threadId)) &&
    hasPlainNlu(event.nlu)
  )
}

const NLU_KEYS = new Set(
  'intent intents entities language detectedLanguage spellChecked ambiguous slots errored includedContexts ms modelId'.split(' ')
)

function hasPlainNlu(nlu: unknown): boolean {
  if (typeof nlu !== 'object' || nlu === null) return false
  const { intent, intents, entities, slots, language } = nlu as Record<string, unknown>
  return (
    Object.keys(nlu).every(key => NLU_KEYS.has(key)) &&
    typeof intent === 'object' &&
    Array.isArray(intents) &&
    Array.isArray(entities) &&
    typeof slots === 'object' &&
    typeof language === 'string'
  )
}

/** An error of the class that `bp.events` rejects with. */
export function eventError(message: string): Error {
  return Object.assign(new Error(message), { name: 'VError' })
}
