/** Content: elements written in the studio, content types, media files. */
declare namespace sdk.cms {
  /**
   * Turns a content type or an element into payloads for `bp.events.replyToEvent`; the stock types give exactly one (R13.7). Nothing is sent.
   *
   * - `'builtin_text'`: the type is rendered with `args` as given (R13.2).
   * - `'#!builtin_text-ab12cd'`: the element is loaded, translated and laid over `args`; `{{…}}` in its texts reads from `args` only (R13.3).
   *
   * Give `event` in `args`, or the bot's default language is used (R13.6). `{{x}}` escapes HTML, `{{{x}}}` does not (R13.12). An `args.type`
   * replaces the payload's type, so the event itself as `args` spoils the payload (R13.8).
   *
   * @param contentId a content type, or `#!` and the id of an element
   * @param args the type's fields; more than that is copied into the payload, `event`, `user`, `session`, `temp` and `bot` are not (R13.7)
   * @param eventDestination the event will do; bot and channel are needed (R13.1)
   * @throws (rejects) for an unknown content type or element (R13.3, R13.11)
   * @example
   * const payloads = await bp.cms.renderElement('builtin_text', { text: 'Hi {{user.name}}', user: event.state.user, event }, event)
   * await bp.events.replyToEvent(event, payloads, event.id)
   */
  function renderElement<Id extends ContentId>(
    contentId: Id,
    args: ElementArguments<Id>,
    eventDestination: IO.RenderDestination
  ): Promise<RenderedPayload[]>

  /**
   * An element, undefined when there is none.
   *
   * @param language reduces `formData` to the texts of this language (R13.15)
   */
  function getContentElement(botId: string, id: string, language?: string): Promise<ContentElement>

  /** Several elements at once. */
  function getContentElements(botId: string, ids: string[], language?: string): Promise<ContentElement[]>

  /** Elements of a bot, 50 by default, by time of creation (R13.15). */
  function listContentElements(
    botId: string,
    contentTypeId?: string,
    searchParams?: SearchParams,
    language?: string
  ): Promise<ContentElement[]>

  /** Deletes elements. */
  function deleteContentElements(botId: string, contentElementIds: string[]): Promise<void>

  /** The content types a bot may use; all of them without a bot. */
  function getAllContentTypes(botId?: string): Promise<ContentType[]>

  /**
   * Writes an element.
   *
   * @param formData the fields; without `language` each with its language, such as `text$en`
   * @param contentElementId the element to change; a new one is made without it
   * @returns the element's id, `<type>-<6 characters>` (R13.15)
   * @throws (rejects) for an unknown content type
   */
  function createOrUpdateContentElement(
    botId: string,
    contentTypeId: string,
    formData: object,
    contentElementId?: string,
    language?: string
  ): Promise<string>

  /** Keeps a media file; resolves with its name. */
  function saveFile(botId: string, fileName: string, content: Buffer): Promise<string>

  /** Reads a media file. */
  function readFile(botId: string, fileName: string): Promise<Buffer>

  /** Address of a media file. */
  function getFilePath(botId: string, fileName: string): string

  /** What `renderTemplate` accepts. */
  type TemplateItem = Object | Object[] | string[] | string

  /** Fills `{{…}}` in a text, or in all texts of an object or array, by the rules of content (R13.12, R13.14). */
  function renderTemplate(item: TemplateItem, context: any): TemplateItem
}

declare namespace sdk {
  /** An element of content, as a bot's author wrote it. */
  interface ContentElement {
    /** Its id, `<type>-<6 characters>`; `say #!<id>` and `renderElement('#!<id>', …)` refer to it. */
    id: string
    /** Id of its content type. */
    contentType: string
    /** What the author filled in; each field with its language, such as `text$en`. */
    formData: object
    /** What the content type made of it. */
    computedData: object
    /** A short text of it, by language. */
    previews: object
    /** When it was made. */
    createdOn: Date
    /** When it was changed. */
    modifiedOn: Date
    /** Who made it. */
    createdBy: string
  }

  /** A kind of content. */
  interface ContentType {
    /** Its id, such as `builtin_text`. */
    id: string
    /** Its name in the studio. */
    title: string
    /** What it is for. */
    description: string
    /** Whether the studio hides it. */
    hidden: boolean
    /** The fields of its form. */
    jsonSchema: object
    /** How the form looks. */
    uiSchema?: object
    /** Turns the form's data into what is sent: an array, or a single payload. */
    renderElement: (data: object, channel: string) => object | object[]
    /** A short text of the form's data. */
    computePreviewText?: (formData: object) => string
  }

  /** Which content elements are listed. */
  interface SearchParams {
    /** A text they must contain. */
    searchTerm?: string
    /** How many to leave out. */
    from: number
    /** How many at most. */
    count: number
    /** Only those of these ids. */
    ids?: string[]
    /** By which columns they are sorted. */
    sortOrder?: SortOrder[]
    /** Values that columns must have. */
    filters?: Filter[]
  }

  /** A value that a column must have. */
  interface Filter {
    /** The column. */
    column: string
    /** The value. */
    value: string
  }

  /** A column to sort by. */
  interface SortOrder {
    /** The column. */
    column: string
    /** Whether the largest comes first. */
    desc?: boolean
  }
}
