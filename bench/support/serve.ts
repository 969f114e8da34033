// The product in a process of its own: `node serve.ts <database url> <data folder> [follow]`. Prints its address; ends by SIGTERM.
import type { AddressInfo } from 'node:net'
import { boot } from '../../src/app/boot.ts'
import { serverOf } from '../../src/app/server.ts'

const [databaseUrl, data, follow] = process.argv.slice(2) as [string, string, string]
const xinheng = await boot({ data, databaseUrl })
const server = await serverOf(xinheng, { demo: false, filling: () => null })
// The bench speaks as the command line.
server.addHook('onRequest', async ({ headers }) => void (headers.authorization = `Bearer ${xinheng.commandToken}`))
await server.listen({ port: 0, host: '127.0.0.1' })
if (follow === 'follow') await xinheng.follow()
console.log(`http://127.0.0.1:${(server.addresses()[0] as AddressInfo).port}`)
process.once('SIGTERM', () => void server.close().then(() => xinheng.close()).finally(() => process.exit(0)))
