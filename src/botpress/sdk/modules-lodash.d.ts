/** The functions of lodash 4 that hooks use most; the others are there too, as `any`. */
declare namespace ShippedLodash {
  /** A path into an object: `'a.b[0]'` or `['a', 'b', 0]`. */
  type Path = string | number | readonly (string | number)[]

  /** What is done with each element: a function, the name of a property, or properties that must match. */
  type Iteratee = any

  /** The module. */
  interface Static {
    /** Wraps a value for a chain of calls. */
    (value?: any): any
    /** The value at a path, or the default when there is none: what `?.` and `??` do, on Node 12. */
    get(object: any, path: Path, defaultValue?: any): any
    /** Writes the value at a path and makes what is missing on the way; changes the object. */
    set<T>(object: T, path: Path, value: any): T
    /** Deletes the value at a path. */
    unset(object: any, path: Path): boolean
    /** Whether there is something at a path. */
    has(object: any, path: Path): boolean
    /** A copy with only these properties. */
    pick(object: any, ...paths: any[]): any
    /** A copy with only the properties for which the function says yes. */
    pickBy(object: any, predicate?: Iteratee): any
    /** A copy without these properties. */
    omit(object: any, ...paths: any[]): any
    /** A copy without the properties for which the function says yes. */
    omitBy(object: any, predicate?: Iteratee): any
    /** Adds the other objects, deeply; changes the first. */
    merge(object: any, ...sources: any[]): any
    /** Adds what the first lacks; changes the first. */
    defaults(object: any, ...sources: any[]): any
    /** Copies the other objects' properties; changes the first. */
    assign(object: any, ...sources: any[]): any
    /** A copy, one level deep. */
    clone<T>(value: T): T
    /** A copy, all levels deep. */
    cloneDeep<T>(value: T): T
    /** Whether it has no elements or properties; true for numbers and booleans too. */
    isEmpty(value?: any): boolean
    /** Whether both are alike, deeply. */
    isEqual(value: any, other: any): boolean
    /** Whether it is null or undefined. */
    isNil(value: any): value is null | undefined
    /** Whether it is undefined. */
    isUndefined(value: any): value is undefined
    /** Whether it is a string. */
    isString(value?: any): value is string
    /** Whether it is a number, `NaN` included. */
    isNumber(value?: any): value is number
    /** Whether it is an array. */
    isArray(value?: any): value is any[]
    /** Whether it is an object, an array or a function. */
    isObject(value?: any): boolean
    /** Whether it is an object made by `{}`. */
    isPlainObject(value?: any): boolean
    /** Whether it is a function. */
    isFunction(value: any): boolean
    /** The first element that matches. */
    find<T>(collection: readonly T[] | null | undefined, predicate?: Iteratee, fromIndex?: number): T | undefined
    /** The first value that matches. */
    find(collection: any, predicate?: Iteratee, fromIndex?: number): any
    /** Position of the first element that matches, or -1. */
    findIndex(array: readonly any[] | null | undefined, predicate?: Iteratee, fromIndex?: number): number
    /** The elements that match. */
    filter<T>(collection: readonly T[] | null | undefined, predicate?: Iteratee): T[]
    /** The values that match. */
    filter(collection: any, predicate?: Iteratee): any[]
    /** The elements that do not match. */
    reject(collection: any, predicate?: Iteratee): any[]
    /** What the function makes of each. */
    map(collection: any, iteratee?: Iteratee): any[]
    /** What the function makes of each, in one list. */
    flatMap(collection: any, iteratee?: Iteratee): any[]
    /** Calls the function for each, and **does not wait for promises**. */
    forEach<T>(collection: T, iteratee?: Iteratee): T
    /** The same as `forEach`. */
    each<T>(collection: T, iteratee?: Iteratee): T
    /** Boils a collection down to one value. */
    reduce(collection: any, iteratee: (accumulator: any, value: any, key: any, collection: any) => any, accumulator?: any): any
    /** Whether some match. */
    some(collection: any, predicate?: Iteratee): boolean
    /** Whether all match. */
    every(collection: any, predicate?: Iteratee): boolean
    /** Whether the value is among them. */
    includes(collection: any, value: any, fromIndex?: number): boolean
    /** The first element. */
    head<T>(array: readonly T[] | null | undefined): T | undefined
    /** The first element. */
    first<T>(array: readonly T[] | null | undefined): T | undefined
    /** The last element. */
    last<T>(array: readonly T[] | null | undefined): T | undefined
    /** The first `n` elements. */
    take<T>(array: readonly T[] | null | undefined, n?: number): T[]
    /** The last `n` elements. */
    takeRight<T>(array: readonly T[] | null | undefined, n?: number): T[]
    /** Each element once. */
    uniq<T>(array: readonly T[] | null | undefined): T[]
    /** Each element once, told apart by what the function makes of it. */
    uniqBy<T>(array: readonly T[] | null | undefined, iteratee: Iteratee): T[]
    /** Without falsy elements. */
    compact(array: readonly any[] | null | undefined): any[]
    /** Lists in the list laid open, one level. */
    flatten(array: readonly any[] | null | undefined): any[]
    /** Pieces of that size. */
    chunk<T>(array: readonly T[] | null | undefined, size?: number): T[][]
    /** Without these values. */
    without<T>(array: readonly T[] | null | undefined, ...values: T[]): T[]
    /** The elements of the first list that no other has. */
    difference<T>(array: readonly T[] | null | undefined, ...values: any[]): T[]
    /** The elements that all lists have. */
    intersection(...arrays: any[]): any[]
    /** A sorted copy. */
    sortBy<T>(collection: readonly T[] | null | undefined, ...iteratees: Iteratee[]): T[]
    /** A copy sorted by several properties, `asc` or `desc`. */
    orderBy<T>(collection: readonly T[] | null | undefined, iteratees?: Iteratee, orders?: any): T[]
    /** Lists of elements by what the function makes of them. */
    groupBy(collection: any, iteratee?: Iteratee): { [key: string]: any[] }
    /** Elements by what the function makes of them. */
    keyBy(collection: any, iteratee?: Iteratee): { [key: string]: any }
    /** Names of the properties. */
    keys(object?: any): string[]
    /** Values of the properties. */
    values(object?: any): any[]
    /** An object with the same names and new values. */
    mapValues(object: any, iteratee?: Iteratee): any
    /** An object with new names and the same values. */
    mapKeys(object: any, iteratee?: Iteratee): any
    /** An element by chance. */
    sample<T>(collection: readonly T[] | null | undefined): T | undefined
    /** A copy in an order by chance. */
    shuffle<T>(collection: readonly T[] | null | undefined): T[]
    /** A number by chance. */
    random(lower?: number, upper?: number, floating?: boolean): number
    /** Numbers in a row. */
    range(start: number, end?: number, step?: number): number[]
    /** What a function gives, so many times. */
    times(n: number, iteratee?: (index: number) => any): any[]
    /** First letter large, the others small. */
    capitalize(text?: string): string
    /** Without blanks at both ends. */
    trim(text?: string, chars?: string): string
    /** `likeThis`. */
    camelCase(text?: string): string
    /** `like_this`. */
    snakeCase(text?: string): string
    /** `like-this`. */
    kebabCase(text?: string): string
    /** A text as a number. */
    toNumber(value: any): number
    /** Any other function. */
    [name: string]: any
  }
}
