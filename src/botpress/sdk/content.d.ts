/** Content as `bp.experimental.render` makes it. */
declare namespace sdk {
  /** The functions of `bp.experimental.render`, for one language and one context. */
  interface RenderPipeline {
    /** A text. */
    text: typeof experimental.render.text
    /** A picture. */
    image: typeof experimental.render.image
    /** A card. */
    card: typeof experimental.render.card
    /** Cards side by side. */
    carousel: typeof experimental.render.carousel
    /** A question with choices. */
    choice: typeof experimental.render.choice
    /** A button that makes the visitor say something. */
    buttonSay: typeof experimental.render.buttonSay
    /** A button that opens an address. */
    buttonUrl: typeof experimental.render.buttonUrl
    /** A button that sends the bot an event `postback`. */
    buttonPostback: typeof experimental.render.buttonPostback
    /** A choice. */
    option: typeof experimental.render.option
  }

  /** A text by language: `{ en: 'Hello', fr: 'Bonjour' }`. */
  interface MultiLangText {
    /** The text in a language. */
    [lang: string]: string
  }

  /** Content of any kind. */
  interface Content {
    /** Its kind. */
    type: string
  }

  /** A text. */
  interface TextContent extends Content {
    /** Always `text`. */
    type: 'text'
    /** What to say. */
    text: string | MultiLangText
    /** Whether it is shown as Markdown. */
    markdown?: boolean
  }

  /** A picture. */
  interface ImageContent extends Content {
    /** Always `image`. */
    type: 'image'
    /** Its address. */
    image: string
    /** Its title. */
    title?: string | MultiLangText
  }

  /** A sound. */
  interface AudioContent extends Content {
    /** Always `audio`. */
    type: 'audio'
    /** Its address. */
    audio: string
    /** Its title. */
    title?: string | MultiLangText
  }

  /** A film. */
  interface VideoContent extends Content {
    /** Always `video`. */
    type: 'video'
    /** Its address. */
    video: string
    /** Its title. */
    title?: string | MultiLangText
  }

  /** Cards side by side. */
  interface CarouselContent extends Content {
    /** Always `carousel`. */
    type: 'carousel'
    /** The cards. */
    items: CardContent[]
  }

  /** A card. */
  interface CardContent extends Content {
    /** Always `card`. */
    type: 'card'
    /** Its title. */
    title: string | MultiLangText
    /** A second line. */
    subtitle?: string | MultiLangText
    /** Address of its picture. */
    image?: string
    /** Its buttons. */
    actions: ActionButton[]
    /** Whether its texts are shown as Markdown. */
    markdown?: boolean
  }

  /** A place; the webchat cannot show it. */
  interface LocationContent extends Content {
    /** Always `location`. */
    type: 'location'
    /** Degrees north. */
    latitude: number
    /** Degrees east. */
    longitude: number
    /** Its address. */
    address?: string | MultiLangText
    /** Its title. */
    title?: string | MultiLangText
  }

  /** A file to download. */
  interface FileContentType extends Content {
    /** Always `file`. */
    type: 'file'
    /** Its address. */
    file: string
    /** Its title. */
    title?: string | MultiLangText
  }

  /** What a button does. */
  enum ButtonAction {
    /** The visitor says something; the bot gets an event `say_something` (R22.7). */
    SaySomething = 'Say something',
    /** An address is opened; the bot learns nothing of it. */
    OpenUrl = 'Open URL',
    /** The bot gets an event `postback` (R22.7). */
    Postback = 'Postback'
  }

  /** A button. */
  interface ActionButton {
    /** What it does. */
    action: ButtonAction
    /** What it says. */
    title: string
  }

  /** A button that makes the visitor say something. */
  interface ActionSaySomething extends ActionButton {
    /** What the visitor says. */
    text: string | MultiLangText
  }

  /** A button that opens an address. */
  interface ActionOpenURL extends ActionButton {
    /** The address. */
    url: string
  }

  /** A button that sends the bot an event `postback`. */
  interface ActionPostback extends ActionButton {
    /** What the event carries in `event.payload.payload`. */
    payload: string
  }

  /** A question with choices. */
  interface ChoiceContent extends Content {
    /** Always `single-choice`. */
    type: 'single-choice'
    /** The question. */
    text: string | MultiLangText
    /** The choices. */
    choices: ChoiceOption[]
  }

  /** A choice. */
  interface ChoiceOption {
    /** What the button says. */
    title: string | MultiLangText
    /** What it stands for; comes back in capitals (R22.7). */
    value: string
  }

  /** A list to choose from. */
  interface DropdownContent extends Content {
    /** Always `dropdown`. */
    type: 'dropdown'
    /** The question. */
    message: string | MultiLangText
    /** The list. */
    options: DropdownOption[]
  }

  /** An entry of a list. */
  interface DropdownOption {
    /** What is shown. */
    label: string | MultiLangText
    /** What it stands for. */
    value: string
  }
}
