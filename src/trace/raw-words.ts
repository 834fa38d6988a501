/** Words that come from a program and not from an author, and what they show. */
const RAW: readonly { kind: 'object' | 'missing' | 'placeholder' | 'error'; pattern: RegExp; why: string }[] = [
  { kind: 'object', pattern: /\[object \w+\]/, why: 'an object was put into the text' },
  { kind: 'missing', pattern: /\b(?:undefined|NaN)\b/, why: 'a value was missing' },
  { kind: 'missing', pattern: /(?:^|[,:]\s*)null\b|\bnull\s*[,.!?]*$/, why: 'a value was missing' },
  { kind: 'placeholder', pattern: /\{\{[^}]*\}\}|\$\{[^}]*\}/, why: 'a placeholder was not filled' },
  {
    kind: 'error',
    pattern: /\b(?:\w*Error: |ECONN\w+|ETIMEDOUT|ENOTFOUND|at \S+ \(.+:\d+:\d+\))/,
    why: 'it shows an error of the program'
  }
]

/** What in a text nobody wrote, or undefined. */
export const rawWordsIn = (text: string) => RAW.find(({ pattern }) => pattern.test(text))
