import { z } from 'zod'
import type { Endpoint } from '../../kernel/endpoint.ts'
import { WORDS, WORDS_HEADER } from '../../kernel/words.ts'

type Schema = { type?: string; properties?: Record<string, object>; required?: string[] }

/** The OpenAPI 3.1 document of some endpoints, made from the contracts themselves. */
export function openApiOf(endpoints: readonly Endpoint[], info: { readonly title: string; readonly version: string }): object {
  const paths: Record<string, Record<string, object>> = {}
  for (const endpoint of endpoints) {
    const path = `/api${endpoint.path}`.replace(/:(\w+)/g, '{$1}')
    paths[path] = { ...paths[path], [endpoint.method.toLowerCase()]: operationOf(endpoint) }
  }
  return { openapi: '3.1.0', info, paths, components: { schemas: { Problem: problemSchema } } }
}

function operationOf({ method, path, permission, summary, input, output, takes, gives }: Endpoint): object {
  const { properties = {}, required = [] } = schemaOf(input, 'input') as Schema
  const inPath = new Set([...path.matchAll(/:(\w+)/g)].map((match) => match[1]!))
  const inBody = method === 'GET' || takes === 'upload' ? [] : Object.keys(properties).filter((name) => !inPath.has(name))
  const inHeader = Object.keys(properties).filter((name) => method === 'GET' && WORDS.includes(name))
  const parameters: object[] = Object.keys(properties).filter((name) => !inBody.includes(name) && !inHeader.includes(name))
    .map((name) => ({ name, in: inPath.has(name) ? 'path' : 'query', required: inPath.has(name) || required.includes(name), schema: properties[name] }))
  if (inHeader.length > 0) parameters.push({ name: WORDS_HEADER, in: 'header', required: false, description: `${inHeader.map((name) => `${name}=…`).join('&')}, URI-encoded: words of a search never stand in the address`, schema: { type: 'string' } })
  return {
    summary: summary.en, description: summary.zh, 'x-permission': permission, parameters,
    ...(takes === 'upload' ? { requestBody: { required: true, content: { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } } } } : {}),
    ...(inBody.length > 0 ? { requestBody: { required: true, content: { [takes === 'form' ? 'application/x-www-form-urlencoded' : 'application/json']: { schema: { type: 'object', properties: Object.fromEntries(inBody.map((name) => [name, properties[name]])), required: required.filter((name) => inBody.includes(name)) } } } } } : {}),
    responses: {
      200: { description: 'OK', content: gives === 'file' ? { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } } : { 'application/json': { schema: schemaOf(output, 'output') } } },
      default: { description: 'A refusal, or a fault', content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } } },
    },
  }
}

function schemaOf(schema: z.ZodType, io: 'input' | 'output'): object {
  const { $schema: _, $defs: __, ...made } = z.toJSONSchema(schema, {
    io, unrepresentable: 'any', reused: 'inline', cycles: 'ref',
    override({ zodSchema, jsonSchema }) {
      if (zodSchema._zod.def.type === 'date') Object.assign(jsonSchema, { type: 'string', format: 'date-time' })
    },
  }) as { $schema?: string; $defs?: object }
  // Only free JSON refers to itself: any value fits there.
  return JSON.parse(JSON.stringify(made), (_key, value: unknown) => (typeof value === 'object' && value !== null && '$ref' in value ? {} : value)) as object
}

const sentence = { type: 'object', properties: { zh: { type: 'string' }, en: { type: 'string' } }, required: ['zh', 'en'] }
const problemSchema = {
  type: 'object', description: 'RFC 9457, with code, cause and fix in Chinese and English, and the legal basis where there is one',
  properties: { type: { type: 'string' }, title: { type: 'string' }, status: { type: 'integer' }, code: { type: 'string' }, field: { type: 'string' }, message: sentence, fix: sentence, basis: { type: 'object' } },
  required: ['type', 'title', 'status', 'code', 'message', 'fix'],
}
