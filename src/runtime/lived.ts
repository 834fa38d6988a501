import { AsyncLocalStorage } from 'node:async_hooks'
import type { Life } from './life.ts'

/** The engine's life to which belongs what runs now. */
export const lived = new AsyncLocalStorage<Life>()
