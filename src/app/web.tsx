import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { whoAmI } from '../modules/organisation/contract.ts'
import { Problem, whenSessionIsOver } from '../ui/client.ts'
import { Kit } from '../ui/Kit.tsx'
import { router } from './console/routes.tsx'
import { readAnewWhenBroughtBack } from '../modules/identity/ui/leave.ts'

if (!location.pathname.startsWith('/console')) location.replace('/console')

// A refusal will be the same on the second try; a server that restarts may not
const queries: QueryClient = new QueryClient({ defaultOptions: { queries: { staleTime: 15_000, retry: (count, error) => count < 2 && !(error instanceof Problem && error.body.status >= 400 && error.body.status < 500) } } })

// A page that is told that the session is over has who is signed in asked anew; the dialog to sign in then stands over it
whenSessionIsOver(() => {
  const me = queries.getQueryState([whoAmI.path, {}])
  if (me?.status === 'success' && me.fetchStatus === 'idle') void queries.invalidateQueries({ queryKey: [whoAmI.path] })
})

readAnewWhenBroughtBack()

createRoot(document.getElementById('app')!).render(
  <StrictMode>
    <QueryClientProvider client={queries}>
      <Kit><RouterProvider router={router} /></Kit>
    </QueryClientProvider>
  </StrictMode>,
)
