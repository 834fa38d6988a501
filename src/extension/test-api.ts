import type { Lab } from './lab.ts'

/** What `activate` hands to the tests inside a window: the same objects that the commands use. Not for other extensions. */
export interface TestApi {
  lab(): Promise<Lab>
}
