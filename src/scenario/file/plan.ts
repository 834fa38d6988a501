import type { Range } from '../../protocol/scenario.ts'
import type { Expect, FullStep, Given } from '../schema/index.ts'
import type { Path, Source } from './source.ts'

/** A place in a scenario file. */
export class Spot {
  readonly source: Source
  readonly path: Path
  constructor(source: Source, path: Path) {
    this.source = source
    this.path = path
  }
  below(...path: PropertyKey[]): Spot {
    return new Spot(this.source, [...this.path, ...path])
  }
  get range(): Range {
    return this.source.range(this.path)
  }
  /** Of the word that it belongs to. */
  get keyRange(): Range {
    return this.source.range(this.path, true)
  }
}

export interface PlannedStep {
  step: FullStep
  spot: Spot
}

/** One scenario, ready to be played: everything that it extends and shares is in it. */
export interface Plan {
  file: string
  id: string
  name: string
  tags: string[]
  spot: Spot
  group?: { id: string; name: string }
  skip?: string
  given: Given
  /** Where each part of `given` was said last. */
  givenSpots: Spot[]
  steps: PlannedStep[]
  /** Expectations over all of it. */
  expects: { expect: Expect; spot: Spot }[]
  /** Folder that holds `data/`, and the one that pages are below. */
  root?: string
  base?: string
}
