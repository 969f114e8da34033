import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { whoAmI } from '../modules/organisation/contract.ts'
import { Problem } from '../ui/client.ts'
import { Kit } from '../ui/Kit.tsx'
import { router } from './console/routes.tsx'

if (!location.pathname.startsWith('/console')) location.replace('/console')

// A refusal will be the same on the second try; a server that restarts may not
const queries: QueryClient = new QueryClient({ queryCache: new QueryCache({ onError: lookWhoIsSignedIn }), defaultOptions: { queries: { staleTime: 15_000, retry: (count, error) => count < 2 && !(error instanceof Problem && error.body.status >= 400 && error.body.status < 500) } } })

// A page that is told 401 stands in front of a session that is over: who is signed in is asked anew, and the page to sign in takes its place
function lookWhoIsSignedIn(error: Error, { queryKey }: { readonly queryKey: readonly unknown[] }) {
  if (error instanceof Problem && error.body.status === 401 && queryKey[0] !== whoAmI.path) void queries.invalidateQueries({ queryKey: [whoAmI.path] })
}

createRoot(document.getElementById('app')!).render(
  <StrictMode>
    <QueryClientProvider client={queries}>
      <Kit><RouterProvider router={router} /></Kit>
    </QueryClientProvider>
  </StrictMode>,
)
