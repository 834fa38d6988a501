/** What a caller of the engine may meet. `code` is stable, `message` a sentence for the user. */
export class EngineError extends Error {
  readonly code: string
  constructor(code: string, message: string) {
    super(message)
    this.name = 'EngineError'
    this.code = code
  }
}

/** Codes that the host itself gives; others come from the engine. */
export const HOST_CODES = {
  /** The process ended while it worked on the call. */
  stopped: 'ENGINE_STOPPED',
  /** The engine could not be started, or ended again and again. */
  failed: 'ENGINE_FAILED',
  /** The host was disposed. */
  disposed: 'ENGINE_DISPOSED'
} as const
