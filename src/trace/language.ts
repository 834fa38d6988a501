/** Words that are frequent in one of these languages and hardly occur in the others. */
const WORDS: Record<string, readonly string[]> = {
  en: [
    'the',
    'and',
    'you',
    'your',
    'is',
    'are',
    'with',
    'what',
    'this',
    'our',
    'can',
    'have',
    'welcome',
    'hello',
    'please',
    'thank',
    'to',
    'we',
    'of'
  ],
  fr: [
    'le',
    'la',
    'les',
    'vous',
    'votre',
    'est',
    'nous',
    'avec',
    'dans',
    'pour',
    'une',
    'bonjour',
    'bienvenue',
    'merci',
    'notre',
    'et',
    'des',
    'puis-je'
  ],
  de: [
    'der',
    'die',
    'das',
    'und',
    'sie',
    'ihr',
    'ist',
    'mit',
    'für',
    'wir',
    'nicht',
    'ich',
    'ein',
    'hallo',
    'willkommen',
    'danke',
    'unser',
    'kann',
    'haben'
  ],
  es: [
    'el',
    'los',
    'las',
    'usted',
    'su',
    'con',
    'para',
    'una',
    'hola',
    'bienvenido',
    'gracias',
    'nuestra',
    'nuestro',
    'puedo',
    'por',
    'qué',
    'tienda'
  ],
  pt: ['o', 'os', 'você', 'seu', 'sua', 'com', 'uma', 'olá', 'obrigado', 'nossa', 'nosso', 'posso', 'não', 'bem-vindo', 'loja'],
  it: ['il', 'gli', 'lei', 'sono', 'della', 'ciao', 'benvenuto', 'grazie', 'nostro', 'nostra', 'posso', 'può', 'che', 'negozio']
}
/** Scripts that tell a language, or a group of them, by themselves. */
const SCRIPTS: readonly (readonly [string, RegExp])[] = [
  ['ja', /[\p{Script=Hiragana}\p{Script=Katakana}]/u],
  ['ko', /\p{Script=Hangul}/u],
  ['zh', /\p{Script=Han}/u],
  ['ru', /\p{Script=Cyrillic}/u],
  ['ar', /\p{Script=Arabic}/u],
  ['he', /\p{Script=Hebrew}/u],
  ['el', /\p{Script=Greek}/u],
  ['th', /\p{Script=Thai}/u],
  ['hi', /\p{Script=Devanagari}/u]
]
/** So many telling words are enough, and the next language has to have fewer than half of them. */
const ENOUGH = 2

/** Bots say the same again and again. */
const known = new Map<string, string | undefined>()
const MOST_KNOWN = 2000

/** The language that a text is certainly in, or undefined: short texts, names and mixed ones tell nothing. */
export function languageOf(text: string): string | undefined {
  if (!known.has(text)) {
    if (known.size >= MOST_KNOWN) known.clear()
    known.set(text, languageIn(text))
  }
  return known.get(text)
}

function languageIn(text: string): string | undefined {
  const script = SCRIPTS.find(([, pattern]) => pattern.test(text))
  if (script) return script[0]
  const words = new Set(text.toLowerCase().match(/[\p{L}-]+/gu) ?? [])
  const scores = Object.entries(WORDS)
    .map(([language, known]) => ({ language, count: known.filter(word => words.has(word)).length }))
    .sort((a, b) => b.count - a.count)
  const [first, second] = scores
  return first!.count >= ENOUGH && second!.count * 2 < first!.count ? first!.language : undefined
}
