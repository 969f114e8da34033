import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { Problem } from '../ui/client.ts'
import { readAnewWhenBroughtBack } from '../modules/identity/ui/leave.ts'
import { Space } from './my/Space.tsx'

const queries = new QueryClient({ defaultOptions: { queries: { staleTime: 15_000, retry: (count, error) => count < 2 && !(error instanceof Problem && error.body.status >= 400 && error.body.status < 500) } } })

readAnewWhenBroughtBack()

createRoot(document.getElementById('app')!).render(<StrictMode><QueryClientProvider client={queries}><Space /></QueryClientProvider></StrictMode>)
