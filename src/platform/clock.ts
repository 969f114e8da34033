/** Where the present comes from. Tests and the demo hand in another one. */
export type Clock = { now(): Date }

/** The machine's clock. */
export const systemClock: Clock = { now: () => new Date() }

/** A clock that stands at an instant until it is set. */
export function standingClock(at: Date): Clock & { set(at: Date): void } {
  let present = at
  return {
    now: () => new Date(present),
    set(next) {
      present = next
    },
  }
}
