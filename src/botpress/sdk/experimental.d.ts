/** What may change from one version to the next. */
declare namespace sdk.experimental {
  /**
   * Disables a global hook by renaming its file. Resolves with whether that worked, never rejects (R1.12).
   *
   * @param hookName file name without `.js`
   * @param hookType the folder
   * @param moduleName the module that brought the hook
   */
  function disableHook(hookName: string, hookType: string, moduleName?: string): Promise<boolean>

  /** Enables a global hook that was disabled. Resolves with whether that worked, never rejects (R1.12). */
  function enableHook(hookName: string, hookType: string, moduleName?: string): Promise<boolean>
}

/** Makes content by hand, one payload each, without typing indicator (R18.9). Send it with `bp.events.replyToEvent(event, [ … ], event.id)`. */
declare namespace sdk.experimental.render {
  /** A text. */
  function text(text: string | MultiLangText, markdown?: boolean): TextContent

  /** A picture. */
  function image(url: string, caption?: string | MultiLangText): ImageContent

  /** A sound. */
  function audio(url: string, caption?: string | MultiLangText): AudioContent

  /** A film. */
  function video(url: string, caption?: string | MultiLangText): VideoContent

  /** A place; the webchat cannot show it. */
  function location(latitude: number, longitude: number, address?: string | MultiLangText, title?: string | MultiLangText): LocationContent

  /** Cards side by side. */
  function carousel(...cards: CardContent[]): CarouselContent

  /** A card. */
  function card(title: string | MultiLangText, image?: string, subtitle?: string | MultiLangText, ...buttons: ActionButton[]): CardContent

  /** A button that makes the visitor say something. */
  function buttonSay(title: string, text: string | MultiLangText): ActionSaySomething

  /** A button that opens an address. */
  function buttonUrl(title: string, url: string): ActionOpenURL

  /** A button that sends the bot an event `postback`. */
  function buttonPostback(title: string, payload: string): ActionPostback

  /** A question with choices. */
  function choice(text: string | MultiLangText, ...choices: ChoiceOption[]): ChoiceContent

  /** A choice; its title is its value unless one is given. */
  function option(value: string, title?: string): ChoiceOption

  /** Replaces texts in several languages by those of one. */
  function translate<T extends Content>(content: T, lang: string): T

  /** Fills `{{…}}` in all texts, by the rules of content (R13.12). */
  function template<T extends Content>(content: T, context: any): T

  /**
   * The functions above, translating and filling what they make.
   *
   * @example
   * const { text } = bp.experimental.render.pipeline('en', { user: event.state.user })
   * return bp.events.replyToEvent(event, [text({ en: 'Hi {{user.name}}', fr: 'Salut {{user.name}}' })], event.id)
   */
  function pipeline(lang: string, context: any): RenderPipeline
}
