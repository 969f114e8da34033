import { z } from 'zod'
import { endpoint, textSchema } from '../../kernel/endpoint.ts'

/** The roles, and the people of businesses, associations and agencies, that the demo signs in with one click. Exists only with `--demo`. */
export const listDemoAccounts = endpoint({
  method: 'GET', path: '/demo/accounts', sees: 'public', permission: 'identity.sign-in', summary: { zh: '演示账号', en: 'Demo accounts' }, input: z.object({}),
  output: z.object({ rows: z.array(z.object({ userName: z.string(), name: z.string(), role: textSchema, department: textSchema, what: textSchema })), businesses: z.array(z.object({ userName: z.string(), name: z.string(), what: textSchema })) }),
})

/** Signs in as one of them, without a password. Exists only with `--demo`. */
export const demoSignIn = endpoint({
  method: 'POST', path: '/demo/sign-in', permission: 'identity.sign-in', summary: { zh: '以演示角色登录', en: 'Sign in as a demo role' }, input: z.object({ userName: z.string() }), output: z.object({ done: z.literal(true) }),
})
