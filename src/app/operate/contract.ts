import { z } from 'zod'
import { endpoint } from '../../kernel/endpoint.ts'

/** Writes a backup into `backups/` of the data folder: for the command line beside a server that holds the embedded database. The bytes never cross the wire. */
export const makeBackup = endpoint({
  method: 'POST', path: '/operate/backups', permission: 'operate.backup', summary: { zh: '在服务器上生成备份', en: 'Write a backup on the server' },
  input: z.object({ keys: z.boolean().default(true) }),
  output: z.object({ file: z.string(), size: z.number(), root: z.string().nullable(), rows: z.number(), files: z.number() }),
})
