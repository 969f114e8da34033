/** A package of the lock file. */
export type Package = { readonly name: string; readonly version: string; readonly licence: string; readonly tool: boolean }
export function packages(): Package[]
export function notPermitted(): string[]
export function paper(): string
