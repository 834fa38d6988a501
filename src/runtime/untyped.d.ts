declare module 'joi' {
  interface Schema {
    required(): Schema
    optional(): Schema
    regex(pattern: RegExp): Schema
    guid(): Schema
  }
  type Kind = () => Schema
  const Joi: Record<'string' | 'date' | 'array' | 'any' | 'boolean' | 'number', Kind> & {
    object(keys?: Record<string, Schema>): Schema
    validate(value: unknown, schema: Schema): { error: Error | null }
  }
  export default Joi
}
