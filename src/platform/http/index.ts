export { buildServer, type ServerParts } from './server.ts'
export { route, type FileAnswer, type Route } from './route.ts'
export { problemOf, type ProblemDocument } from './problem.ts'
export { openApiOf } from './openapi.ts'
