/** What `bp.cms.renderElement` renders: the fields of the eleven built-in content types. */
declare namespace sdk.cms {
  /**
   * Content types by id, with the fields that each renders. A declaration elsewhere that merges into this interface adds types of its own.
   * No default of the studio's form applies here: what is not given is not in the payload (R13.10).
   */
  interface ContentTypes {
    /** A text. */
    builtin_text: TextFields
    /** A picture. */
    builtin_image: ImageFields
    /** A film. */
    builtin_video: VideoFields
    /** A sound. */
    builtin_audio: AudioFields
    /** A file to download. */
    builtin_file: FileFields
    /** A place; **the webchat cannot show it**. */
    builtin_location: LocationFields
    /** A picture with title and buttons. */
    builtin_card: CardFields
    /** Cards side by side. */
    builtin_carousel: CarouselFields
    /** A question with choices to press. */
    'builtin_single-choice': SingleChoiceFields
    /** A list to choose from. */
    dropdown: DropdownFields
    /** A button of a card; by itself it renders to nothing (R13.7). */
    'builtin_action-button': CardButton
  }

  /** Id of a content type; an element is `#!` and its id. */
  type ContentId = keyof ContentTypes | (string & {})

  /** What a content type renders: its fields when they are known, anything otherwise. */
  type ElementArguments<Id extends ContentId> = Id extends keyof ContentTypes ? ContentTypes[Id] & RenderContext : any

  /** What templates may read from; none of it is copied into the payload (R13.7, R13.13). */
  interface RenderContext {
    /** The event, for its language and for `{{event.…}}`. */
    event?: IO.Event
    /** For `{{user.…}}`: give `event.state.user`. */
    user?: any
    /** For `{{session.…}}`: give `event.state.session`. */
    session?: any
    /** For `{{temp.…}}`: give `event.state.temp`. */
    temp?: any
    /** For `{{bot.…}}`: give `event.state.bot`. */
    bot?: any
    /** Anything else is read by templates and copied into the payload. */
    [name: string]: any
  }

  /** A payload as `renderElement` makes it. */
  interface RenderedPayload {
    /** What kind of reply it is, such as `text`. */
    type: IO.OutgoingEventType
    /** The content type's fields, and whatever else was in `args`. */
    [field: string]: any
  }

  /** Fields that most content types have. */
  interface TypingField {
    /** Whether the webchat shows its typing indicator for 500 ms before it; only a strict `true` counts (R23.3). */
    typing?: boolean
  }

  /** Fields of content that may be written in Markdown. */
  interface MarkdownField {
    /** Whether texts are shown as Markdown. */
    markdown?: boolean
  }

  /** Fields of `builtin_text`. */
  interface TextFields extends TypingField, MarkdownField {
    /** What to say; `{{…}}` in it is filled from the other arguments (R13.5). */
    text: string
    /** Other ways to say it; chosen among for stored elements only (R13.3). */
    variations?: string[]
  }

  /** Fields of `builtin_image`. */
  interface ImageFields extends TypingField {
    /** Address of the picture. */
    image: string
    /** Its title. */
    title?: string
  }

  /** Fields of `builtin_video`. */
  interface VideoFields extends TypingField {
    /** Address of the film, `.mp4`. */
    video: string
    /** Its title. */
    title?: string
  }

  /** Fields of `builtin_audio`. */
  interface AudioFields extends TypingField {
    /** Address of the sound, `.mp3`. */
    audio: string
    /** Its title. */
    title?: string
  }

  /** Fields of `builtin_file`. */
  interface FileFields extends TypingField {
    /** Address of the file. */
    file: string
    /** Its title. */
    title?: string
  }

  /** Fields of `builtin_location`. */
  interface LocationFields extends TypingField {
    /** Degrees north. */
    latitude: number
    /** Degrees east. */
    longitude: number
    /** The address. */
    address?: string
    /** Its title. */
    title?: string
  }

  /** Fields of `builtin_card`. */
  interface CardFields extends MarkdownField {
    /** The card's title. */
    title: string
    /** A second line. */
    subtitle?: string
    /** Address of the picture. */
    image?: string
    /** Buttons below it. */
    actions?: CardButton[]
  }

  /** Fields of `builtin_carousel`. */
  interface CarouselFields extends TypingField {
    /** The cards. */
    items: CardFields[]
  }

  /** A button of a card. */
  interface CardButton {
    /** What the button says. */
    title: string
    /** What pressing it does. */
    action: 'Say something' | 'Open URL' | 'Postback' | (string & {})
    /** `Say something`: what the visitor says; the bot gets an event `say_something` (R22.7). */
    text?: string
    /** `Open URL`: the address. */
    url?: string
    /** `Postback`: what the event `postback` carries in `event.payload.payload` (R22.7). */
    payload?: string
  }

  /** Fields of `builtin_single-choice`. */
  interface SingleChoiceFields extends TypingField, MarkdownField {
    /** The question. */
    text?: string
    /** One to ten choices. */
    choices: Choice[]
    /** Shows them as a list. */
    isDropdown?: boolean
    /** What the list says before a choice is made. */
    dropdownPlaceholder?: string
    /** Keeps the visitor from typing instead. */
    disableFreeText?: boolean
    /** Shows the choices inside the message, not above the composer. */
    displayInMessage?: boolean
  }

  /** A choice. */
  interface Choice {
    /** What the button says; the visitor's `event.payload.text`. */
    title: string
    /** What it stands for; comes back in capitals as `event.payload.payload` of a `quick_reply` (R22.7). */
    value: string
  }

  /** Fields of `dropdown`. */
  interface DropdownFields extends TypingField, MarkdownField {
    /** The question. */
    message: string
    /** The list. */
    options?: DropdownChoice[]
    /** What the button says. */
    buttonText?: string
    /** What the list says before a choice is made. */
    placeholderText?: string
    /** Width of the list. */
    width?: number
    /** Shows it in place of the composer. */
    displayInKeyboard?: boolean
    /** Whether the visitor may add a choice. */
    allowCreation?: boolean
    /** Whether several can be chosen. */
    allowMultiple?: boolean
  }

  /** An entry of a `dropdown`. */
  interface DropdownChoice {
    /** What the list shows. */
    label: string
    /** What it stands for. */
    value?: string
  }
}
