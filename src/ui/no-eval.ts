import { config } from 'zod'

// zod tries out `new Function` to learn whether it may compile; the content security policy forbids it and the browser reports each try.
// Imported first, before any contract.
config({ jitless: true })
