import { z } from 'zod'
import { endpoint, pageInput, textSchema } from '../../kernel/endpoint.ts'

const done = z.object({ done: z.literal(true) })
const password = z.string().min(1).max(200)
const code = z.string().trim().min(4).max(40)
const accountId = z.coerce.number().int()
/** How many officers are named at once. */
export const MOST_NAMES = 100

/** Signs in: user name and password, then the code of the second factor where there is one. The session comes as a cookie. */
export const signIn = endpoint({
  method: 'POST', path: '/identity/sign-in', permission: 'identity.sign-in', summary: { zh: '登录', en: 'Sign in' },
  input: z.object({ userName: z.string().trim().min(1).max(100), password, code: code.optional(), newPassword: password.optional() }), output: done,
})
/** Sets the own password with a one-time code; a first administrator gives user name and name too. */
export const redeemCode = endpoint({
  method: 'POST', path: '/identity/redeem', permission: 'identity.sign-in', summary: { zh: '使用一次性代码', en: 'Use a one-time code' },
  input: z.object({ code, userName: z.string().trim().max(40).optional(), name: z.string().trim().max(100).optional(), password }), output: z.object({ signedIn: z.boolean() }),
})
/** 注册: opens an account for someone who acts for businesses, and signs in. It may do nothing for a business until a claim of it is confirmed. */
export const registerPerson = endpoint({
  method: 'POST', path: '/identity/register', permission: 'identity.sign-in', summary: { zh: '注册（经办人、法定代表人）', en: 'Register as a person who acts for a business' },
  input: z.object({ userName: z.string().trim().min(1).max(100), password, /** Signs that nobody sees, or that turn the direction of what follows, would make one name look like another. */ name: z.string().trim().min(1).max(100).regex(/^[^\p{Cc}\p{Cf}]+$/u), phone: z.string().trim().max(40).optional() }), output: done,
})
/** The names of officers by the actors as whom they act (`officer:` and the user name), separated by commas; whoever is no officer is left out: a person of a business stays a number. */
export const listOfficerNames = endpoint({
  method: 'GET', path: '/identity/officer-names', sees: 'public', permission: 'organisation.read', summary: { zh: '经办人姓名', en: 'Names of officers' },
  input: z.object({ actors: z.string().max(4000).transform((list) => list.split(',')).pipe(z.array(z.string().max(100)).max(MOST_NAMES)) }), output: z.object({ rows: z.array(z.object({ actor: z.string(), name: z.string() })) }),
})
/** Ends this session. `continueAt` is where a session of an outside identity service ends too. */
export const signOut = endpoint({ method: 'POST', path: '/identity/sign-out', permission: 'identity.own', summary: { zh: '退出', en: 'Sign out' }, input: z.object({}), output: done.extend({ continueAt: z.string().nullable() }) })

/** The outside identity services at which one may sign in. */
export const listOutsideServices = endpoint({
  method: 'GET', path: '/identity/outside', sees: 'public', permission: 'identity.sign-in', summary: { zh: '可用的身份认证服务', en: 'Outside identity services' }, input: z.object({}), output: z.object({ rows: z.array(z.object({ key: z.string(), label: textSchema, people: z.array(z.enum(['officers', 'businesses'])) })) }),
})
const returnTo = z.string().max(500).regex(/^\/(?:console|my)(?:[/?#][^\\\s]*)?$/).default('/console')
/** Begins a sign-in at one of them: where the browser goes, and a cookie that binds the sign-in to this browser. `returnTo` is a page of the console or of the space. */
export const beginOutside = endpoint({
  method: 'POST', path: '/identity/outside/:service/begin', permission: 'identity.sign-in', summary: { zh: '到身份认证服务登录', en: 'Begin to sign in at an identity service' },
  input: z.object({ service: z.string().max(40), returnTo }), output: z.object({ address: z.string() }),
})
const representation = z.enum(['confirmed', 'stands', 'unknown', 'gone', 'over', 'not-representative'])
const entered = z.object({ returnTo: z.string(), represents: z.array(z.object({ uscc: z.string(), outcome: representation })) })
/** Ends it, with the query with which the browser came back. */
export const finishOutside = endpoint({ method: 'POST', path: '/identity/outside/finish', permission: 'identity.sign-in', summary: { zh: '从身份认证服务返回', en: 'Come back from the identity service' }, input: z.object({ query: z.string().max(8000) }), output: entered })
/** Hands in what it still asked for: a one-time code that links the account, or a code of the second factor. */
export const continueOutside = endpoint({
  method: 'POST', path: '/identity/outside/continue', permission: 'identity.sign-in', summary: { zh: '关联账号或补充动态口令', en: 'Link the account, or add the second factor' }, input: z.object({ oneTimeCode: code.optional(), code: code.optional() }), output: entered,
})
/** The outside persons that one's own account is linked to. */
export const listOutsideLinks = endpoint({
  method: 'GET', path: '/identity/outside-links', sees: 'own', permission: 'identity.own', summary: { zh: '本人的统一身份关联', en: 'Own links to identity services' }, input: z.object({}),
  output: z.object({ rows: z.array(z.object({ outsideLinkId: z.number(), issuer: z.string(), label: textSchema.nullable(), linkedAt: z.coerce.date(), linkedBy: z.enum(['one-time-code', 'number', 'service', 'owner']) })) }),
})
/** Begins to link one's own account to an identity service; it ends like a sign-in there. One shows again who one is first. */
export const beginLink = endpoint({
  method: 'POST', path: '/identity/outside-links/:service/begin', permission: 'identity.own', summary: { zh: '关联本人的统一身份', en: 'Link an identity of one\'s own' },
  input: z.object({ service: z.string().max(40), returnTo }), output: z.object({ address: z.string() }),
})
/** Ends a link of one's own account, but never the last way to sign in. One shows again who one is first. */
export const unlinkOwn = endpoint({ method: 'POST', path: '/identity/outside-links/:outsideLinkId/end', permission: 'identity.own', summary: { zh: '解除本人的统一身份关联', en: 'Unlink an identity of one\'s own' }, input: z.object({ outsideLinkId: z.coerce.number().int() }), output: done })
/** Tells that sessions ended at an identity service: it posts a logout token (OpenID Connect Back-Channel Logout 1.0), and what it opened here ends too. */
export const logOutOutside = endpoint({
  method: 'POST', path: '/identity/outside/:service/logout', permission: 'identity.sign-in', takes: 'form', summary: { zh: '身份认证服务通知注销', en: 'An identity service tells that sessions ended' },
  input: z.object({ service: z.string().max(40), logout_token: z.string().min(1).max(20_000) }), output: done,
})
/** Shows again who one is, by password or by a code of the second factor; for some minutes the session may then change how one signs in. */
export const confirmIdentity = endpoint({ method: 'POST', path: '/identity/confirm', permission: 'identity.own', summary: { zh: '再次验证身份', en: 'Show again who one is' }, input: z.object({ password: password.optional(), code: code.optional() }), output: done })

const endReason = z.enum(['signed-out', 'revoked', 'password-changed', 'account-closed', 'signed-out-there'])
const sessionSchema = z.object({
  sessionId: z.number(), kind: z.enum(['password', 'one-time-code', 'oidc', 'demo']), openedAt: z.coerce.date(), lastSeenAt: z.coerce.date(), endsAt: z.coerce.date(), address: z.string(), agent: z.string().nullable(),
  endReason: endReason.nullable(), present: z.boolean(),
})
/** One's own sessions. */
export const listSessions = endpoint({ method: 'GET', path: '/identity/sessions', sees: 'own', permission: 'identity.own', summary: { zh: '本人的会话', en: 'Own sessions' }, input: z.object({}), output: z.object({ rows: z.array(sessionSchema) }) })
/** Ends one of one's own sessions. */
export const endSession = endpoint({ method: 'POST', path: '/identity/sessions/:sessionId/end', permission: 'identity.own', summary: { zh: '结束本人的会话', en: 'End an own session' }, input: z.object({ sessionId: z.coerce.number().int() }), output: done })

const signInSchema = z.object({
  signInId: z.number(), at: z.coerce.date(), userName: z.string().nullable(), outcome: z.enum(['begun', 'signed-in', 'wrong', 'wrong-second-factor', 'second-factor-missing', 'password-aged', 'locked', 'unlocked', 'not-linked', 'registered']),
  address: z.string(), agent: z.string().nullable(),
})
/** One's own sign-ins and failures. */
export const listOwnSignIns = endpoint({ method: 'GET', path: '/identity/own-sign-ins', sees: 'own', permission: 'identity.own', summary: { zh: '本人的登录情况', en: 'Own sign-ins' }, input: z.object(pageInput), output: z.object({ rows: z.array(signInSchema), total: z.number() }) })
/** Everyone's sign-ins and failures. */
export const listSignIns = endpoint({ method: 'GET', path: '/identity/sign-ins', sees: 'internal', permission: 'audit.sign-ins', summary: { zh: '全部登录情况', en: 'All sign-ins' }, input: z.object({ userName: z.string().optional(), ...pageInput }), output: z.object({ rows: z.array(signInSchema), total: z.number() }) })

/** Changes the own password, or sets the first one of an account that had none; other sessions end. */
export const changePassword = endpoint({ method: 'POST', path: '/identity/password', permission: 'identity.own', summary: { zh: '修改密码', en: 'Change the password' }, input: z.object({ password: password.optional(), newPassword: password }), output: done })
/** How the own second factor stands, and whether there is a password. */
export const getSecondFactor = endpoint({ method: 'GET', path: '/identity/second-factor', sees: 'own', permission: 'identity.own', summary: { zh: '本人的动态口令', en: 'Own second factor' }, input: z.object({}), output: z.object({ set: z.boolean(), needed: z.boolean(), recoveryCodesLeft: z.number(), password: z.boolean() }) })
/** Begins a second factor: the secret for the authenticator, shown once. The password is asked again, where there is one. */
export const beginSecondFactor = endpoint({ method: 'POST', path: '/identity/second-factor', permission: 'identity.own', summary: { zh: '开始启用动态口令', en: 'Begin a second factor' }, input: z.object({ password: password.optional() }), output: z.object({ uri: z.string(), secret: z.string() }) })
/** Confirms it with a code; answers the recovery codes, once. */
export const confirmSecondFactor = endpoint({ method: 'POST', path: '/identity/second-factor/confirm', permission: 'identity.own', summary: { zh: '确认动态口令', en: 'Confirm the second factor' }, input: z.object({ code }), output: z.object({ recoveryCodes: z.array(z.string()) }) })

/** Removes the own second factor, unless a role needs it; recovery codes go with it. One shows again who one is first. */
export const removeOwnSecondFactor = endpoint({ method: 'POST', path: '/identity/second-factor/remove', permission: 'identity.own', summary: { zh: '停用本人的动态口令', en: 'Remove the own second factor' }, input: z.object({}), output: done })
/** Makes new recovery codes, shown once; the earlier ones are void. One shows again who one is first. */
export const renewRecoveryCodes = endpoint({ method: 'POST', path: '/identity/recovery-codes', permission: 'identity.own', summary: { zh: '重新生成恢复码', en: 'Make new recovery codes' }, input: z.object({}), output: z.object({ recoveryCodes: z.array(z.string()) }) })

/** All accounts. */
export const listAccounts = endpoint({
  method: 'GET', path: '/identity/accounts', sees: 'internal', permission: 'accounts.read', summary: { zh: '账号', en: 'Accounts' }, input: z.object({ find: z.string().trim().max(100).optional(), officerId: accountId.optional(), ...pageInput }),
  output: z.object({ rows: z.array(z.object({ accountId: z.number(), userName: z.string(), officerId: z.number().nullable(), name: z.string(), department: z.string().nullable(), secondFactor: z.boolean(), /** When a one-time code was used; nobody has made sure since that it was the owner, so its rights rest. */ unverifiedSince: z.coerce.date().nullable(), openedAt: z.coerce.date(), closedAt: z.coerce.date().nullable(), leftOn: z.iso.date().nullable(), lockedUntil: z.coerce.date().nullable(), sessions: z.number() })), total: z.number() }),
})
/** The sessions of an account that stand. */
export const listSessionsOf = endpoint({ method: 'GET', path: '/identity/accounts/:accountId/sessions', sees: 'internal', permission: 'accounts.guard', summary: { zh: '账号的会话', en: 'Sessions of an account' }, input: z.object({ accountId }), output: z.object({ rows: z.array(sessionSchema) }) })
const codeAnswer = z.object({ accountId: z.number(), code: z.string(), endsAt: z.coerce.date() })
/** Opens an account for an officer; answers a one-time code, once, with which the officer sets the password. */
export const openAccount = endpoint({ method: 'POST', path: '/identity/accounts', permission: 'accounts.open', summary: { zh: '开立账号', en: 'Open an account' }, input: z.object({ officerId: z.coerce.number().int(), userName: z.string() }), output: codeAnswer })
/** Issues a new one-time code for an account: a forgotten password. */
export const resetPassword = endpoint({ method: 'POST', path: '/identity/accounts/:accountId/code', permission: 'accounts.open', summary: { zh: '签发一次性代码', en: 'Issue a one-time code' }, input: z.object({ accountId }), output: codeAnswer })
/** Closes an account. */
export const closeAccount = endpoint({ method: 'POST', path: '/identity/accounts/:accountId/close', permission: 'accounts.open', summary: { zh: '停用账号', en: 'Close an account' }, input: z.object({ accountId }), output: done })
/** Says that its owner used the one-time code of an account: its rights come back. */
export const verifyAccount = endpoint({ method: 'POST', path: '/identity/accounts/:accountId/verification', permission: 'accounts.guard', summary: { zh: '核实本人', en: 'Make sure of the owner of an account' }, input: z.object({ accountId }), output: done })
/** Takes a lock off an account. */
export const unlockAccount = endpoint({ method: 'POST', path: '/identity/accounts/:accountId/unlock', permission: 'accounts.guard', summary: { zh: '解除锁定', en: 'Unlock an account' }, input: z.object({ accountId }), output: done })
/** Ends all sessions of an account. */
export const endSessionsOf = endpoint({ method: 'POST', path: '/identity/accounts/:accountId/end-sessions', permission: 'accounts.guard', summary: { zh: '结束他人会话', en: 'End the sessions of an account' }, input: z.object({ accountId }), output: done })
/** Removes the second factor of an account whose owner lost it. */
export const removeSecondFactor = endpoint({ method: 'POST', path: '/identity/accounts/:accountId/remove-second-factor', permission: 'accounts.guard', summary: { zh: '解除他人动态口令', en: 'Remove the second factor of an account' }, input: z.object({ accountId, identified: z.enum(['in-person', 'telephone', 'video']) }), output: done })
/** Ends the links of an account to outside identity services. */
export const unlinkOutside = endpoint({ method: 'POST', path: '/identity/accounts/:accountId/unlink-outside', permission: 'accounts.guard', summary: { zh: '解除统一身份关联', en: 'Unlink an account from identity services' }, input: z.object({ accountId }), output: done })
