/** Forms that the studio draws. Of use to modules, not to hooks. */
declare namespace sdk {
  /** A value of a form. */
  type FormDataField = any

  /** What was filled in. */
  interface FormData {
    /** Id of what is edited. */
    id?: string
    /** Its content type. */
    contentType?: string
    /** A field's value. */
    [key: string]: FormDataField
  }

  /** An entry to choose in a form. */
  interface FormOption {
    /** What it stands for. */
    value: any
    /** What is shown. */
    label: string
    /** A field that belongs to it. */
    related?: FormField
  }

  /** An entry of a menu. */
  interface FormContextMenu {
    /** What it does. */
    type: string
    /** What is shown. */
    label: string
  }

  /** A route that gives the entries to choose from. */
  interface FormDynamicOptions {
    /** The route. */
    endpoint: string
    /** Where in its answer the list lies. */
    path?: string
    /** Field with an entry's value. */
    valueField: string
    /** Field with an entry's name. */
    labelField: string
  }

  /** Kinds of fields. */
  type FormFieldType =
    | 'checkbox'
    | 'group'
    | 'number'
    | 'overridable'
    | 'select'
    | 'multi-select'
    | 'text'
    | 'text_array'
    | 'textarea'
    | 'upload'
    | 'url'
    | 'hidden'
    | 'tag-input'
    | 'variable'

  /** A field. */
  interface FormField {
    /** Its kind. */
    type: FormFieldType
    /** Its name in the data. */
    key: string
    /** What is shown. */
    label?: string
    /** Name in the data of what overrides it. */
    overrideKey?: string
    /** What is shown while it is empty. */
    placeholder?: string | string[]
    /** What is shown when there is nothing to choose from. */
    emptyPlaceholder?: string
    /** What can be chosen. */
    options?: FormOption[]
    /** Its value unless one is given. */
    defaultValue?: FormDataField
    /** Whether it must be filled in. */
    required?: boolean
    /** Kinds of variables that can be chosen. */
    variableTypes?: string[]
    /** Whether each language has a placeholder of its own. */
    customPlaceholder?: boolean
    /** Largest number. */
    max?: number
    /** Smallest number. */
    min?: number
    /** Longest text, in characters. */
    maxLength?: number
    /** What is replaced in a text while it is typed. */
    valueManipulation?: {
      /** What is replaced. */
      regex: string
      /** Flags of the regular expression. */
      modifier: string
      /** By what it is replaced. */
      replaceChar: string
    }
    /** Whether it has a value for each language. */
    translated?: boolean
    /** A route that gives what can be chosen. */
    dynamicOptions?: FormDynamicOptions
    /** Fields of a group. */
    fields?: FormField[]
    /** Where to read more. */
    moreInfo?: FormMoreInfo
    /** Which values are accepted. */
    validation?: {
      /** They must match it. */
      regex?: RegExp
      /** They must be among these. */
      list?: any[]
      /** It must say yes. */
      validator?: (items: any[], newItem: any) => boolean
    }
    /** How a group is drawn. */
    group?: {
      /** What the button says that adds an entry. */
      addLabel?: string
      /** What is shown when the mouse rests on that button. */
      addLabelTooltip?: string
      /** How many entries there must be. */
      minimum?: number
      /** Whether there is an entry from the start. */
      defaultItem?: boolean
      /** The menu of an entry. */
      contextMenu?: FormContextMenu[]
    }
  }

  /** Where to read more about a field. */
  interface FormMoreInfo {
    /** What is shown. */
    label: string
    /** The address. */
    url?: string
  }
}
