import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { siteFile } from '../../host/site-files.ts'

/** A file as a page gets it. */
export interface SiteText {
  /** Absolute path, also of one that only the scenario has. */
  file: string
  text: string
}

/** What pages are made of: the workspace's files, but for those that the scenario has or saves in their place. */
export class Site {
  readonly base: string
  /** By path below the base; null: taken away. */
  readonly #own: Map<string, string | null>
  /** Files that went into the pages of now, by path below the base. */
  readonly #served = new Set<string>()

  constructor(base: string, own: Record<string, unknown> = {}) {
    this.base = base
    this.#own = new Map(Object.entries(own).map(([path, content]) => [path, textOf(content)]))
  }

  /** By its path below the base; undefined when there is no such file, or none that pages may have. */
  get(path: string): SiteText | undefined {
    const parts = path.split('/')
    const own = this.#own.get(path)
    if (own === null) return undefined
    const file = siteFile(this.base, parts)
    const text = own ?? (file && readFileSync(file, 'utf8'))
    if (text === undefined) return undefined
    this.#served.add(path)
    return { file: file ?? join(this.base, ...parts), text }
  }

  /** What an address leads to for a page: a path at the root is looked for in the folders of the page too, the nearest one first. */
  at(page: string, pathname: string): SiteText | undefined {
    const path = decodeURIComponent(pathname).split('/').filter(Boolean).join('/')
    const folders = page.split('/').slice(0, -1)
    const candidates = [path, ...folders.map((_, n) => [...folders.slice(0, folders.length - n), path].join('/'))]
    for (const candidate of candidates) {
      const found = this.get(candidate)
      if (found) return found
    }
    return undefined
  }

  /** From now on pages get this text; null: the file is gone. @returns whether a page of now has the file */
  save(path: string, text: string | null): boolean {
    this.#own.set(path, text)
    return this.#served.delete(path)
  }
}

const textOf = (content: unknown) => (typeof content === 'string' || content === null ? content : JSON.stringify(content, undefined, 2))
