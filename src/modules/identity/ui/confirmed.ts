// @clause X.4
import { useState } from 'react'
import type { Endpoint, InputOf } from '../../../kernel/endpoint.ts'
import type { AnswerOf } from '../../../ui/client.ts'
import { useAct, type ActInHand } from '../../../ui/use-endpoint.ts'
import { confirmIdentity } from '../contract.ts'

/** An act before which one may have to show again who one is: while `asks`, a form stands there, whose `show` confirms and then does what was begun. */
export type ConfirmedAct<E extends Endpoint> = ActInHand<E> & { readonly asks: boolean; readonly confirming: ActInHand<typeof confirmIdentity>; show(shown: InputOf<typeof confirmIdentity>): Promise<void> }

/** Like `useAct`, for acts that the server refuses with `session.confirm-first` when the owner did not show lately who it is (再次验证身份). */
export function useConfirmedAct<E extends Endpoint>(endpoint: E, options: { readonly stale?: readonly Endpoint[]; onDone?(answer: AnswerOf<E>): void } = {}): ConfirmedAct<E> {
  const act = useAct(endpoint, options)
  const confirming = useAct(confirmIdentity, { stale: [] })
  const [held, setHeld] = useState<InputOf<E> | null>(null)
  const asks = act.problem?.body.code === 'session.confirm-first'
  return {
    ...act, asks, confirming, problem: asks ? null : act.problem,
    perform(input, extras) {
      setHeld(input)
      return act.perform(input, extras)
    },
    async show(shown) {
      if ((await confirming.perform(shown)) !== null && held !== null) await act.perform(held)
    },
  }
}
