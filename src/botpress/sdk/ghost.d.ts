/** Files of the server, wherever they are kept: on disk or in the database. */
declare namespace sdk.ghost {
  /** Files below `data/bots/<botId>`. */
  function forBot(botId: string): ScopedGhostService

  /** Files below `data/bots`. */
  function forBots(): ScopedGhostService

  /** Files below `data/global`. */
  function forGlobal(): ScopedGhostService

  /** Files below `data`. */
  function forRoot(): ScopedGhostService
}

declare namespace sdk {
  /** Files below a folder (R18.7). */
  interface ScopedGhostService {
    /**
     * Writes a file, and makes it if there is none.
     *
     * @example
     * await bp.ghost.forBot(botId).upsertFile('notes', 'visits.json', JSON.stringify(visits))
     */
    upsertFile(rootFolder: string, file: string, content: string | Buffer, options?: UpsertOptions): Promise<void>
    /** A file's bytes; rejects when there is no such file. */
    readFileAsBuffer(rootFolder: string, file: string): Promise<Buffer>
    /** A file's text; rejects when there is no such file. */
    readFileAsString(rootFolder: string, file: string): Promise<string>
    /** What a JSON file holds; rejects when there is no such file, or when it is no JSON. */
    readFileAsObject<T>(rootFolder: string, file: string): Promise<T>
    /** Renames a file. */
    renameFile(rootFolder: string, fromName: string, toName: string): Promise<void>
    /** Deletes a file. */
    deleteFile(rootFolder: string, file: string): Promise<void>
    /**
     * Paths of the files of a folder that match a pattern. Files whose name begins with a dot are left out (R18.7).
     *
     * @param fileEndingPattern such as `'*.json'`
     * @param exclude deprecated: use `options.excludes`
     * @param includeDotFiles deprecated: use `options.includeDotFiles`
     */
    directoryListing(
      rootFolder: string,
      fileEndingPattern: string,
      /** @deprecated use `options.excludes` */
      exclude?: string | string[],
      /** @deprecated use `options.includeDotFiles` */
      includeDotFiles?: boolean,
      options?: DirectoryListingOptions
    ): Promise<string[]>
    /** Calls back with the path of each file that changes, until the handle is removed: a hook that asks for each event leaks one. */
    onFileChanged(callback: (filePath: string) => void): ListenHandle
    /** Whether there is such a file. */
    fileExists(rootFolder: string, file: string): Promise<boolean>
  }

  /** How a file is written. */
  interface UpsertOptions {
    /** Whether the change is recorded, so that it can be pulled from the server. */
    recordRevision?: boolean
    /** Whether it is written to the disk too when files are kept in the database. */
    syncDbToDisk?: boolean
    /** Whether it is written although the bot is locked. */
    ignoreLock?: boolean
  }

  /** Which files are listed, and in what order. */
  interface DirectoryListingOptions {
    /** Patterns of what is left out. */
    excludes?: string | string[]
    /** Whether files whose name begins with a dot are listed too. */
    includeDotFiles?: boolean
    /** By what they are sorted. */
    sortOrder?: SortOrder & {
      /** By path, or by time of the last change. */
      column: 'filePath' | 'modifiedOn'
    }
  }

  /** Something that listens. */
  interface ListenHandle {
    /** Stops it. */
    remove(): void
  }
}
