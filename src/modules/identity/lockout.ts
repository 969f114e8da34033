// @clause X.4
/** Failures until an account is locked, and for how many minutes: one more failure, one further along. Failures older than `within_minutes` count no more. */
export type LockoutRules = { readonly after: number; readonly minutes: readonly number[]; readonly within_minutes: number }

const MS_PER_MINUTE = 60_000

/** Until when signing in is locked (锁定) after failures in a row, the last of them at an instant; null when it is not. */
export function lockedUntil(failures: number, lastAt: Date | null, { after, minutes }: LockoutRules): Date | null {
  if (lastAt === null || failures < after) return null
  const wait = minutes[Math.min(failures - after, minutes.length - 1)]!
  return new Date(lastAt.getTime() + wait * MS_PER_MINUTE)
}
