// @clause 4.3, 4.8
import { getRouteApi } from '@tanstack/react-router'
import { WhoLooked } from '../../modules/audit/ui/WhoLooked.tsx'
import { getBeside } from '../../modules/objections/contract.ts'
import { Statements } from '../../modules/objections/ui/Statements.tsx'
import { RecordSheet } from '../../modules/records/ui/RecordSheet.tsx'
import { ProblemPanel } from '../../ui/ProblemPanel.tsx'
import { useMay } from '../../ui/surroundings.tsx'
import { useEndpoint } from '../../ui/use-endpoint.ts'

const route = getRouteApi('/subjects/$subjectId/records/$recordId')

/** A record (信用记录), and what the business says of it. */
export function RecordPage() {
  const { subjectId, recordId } = route.useParams()
  const beside = useEndpoint(getBeside, { subjectId: Number(subjectId) })
  const own = beside.data?.statements.filter((one) => one.recordId === null || one.recordId === Number(recordId)) ?? []
  const may = useMay()
  return (
    <>
      <RecordSheet beside={beside.error ? <ProblemPanel problem={beside.error} onRetry={() => void beside.refetch()} /> : <Statements of={own} here={Number(recordId)} />} />
      {may('audit.read') && <div style={{ marginTop: 16 }}><WhoLooked subjectId={Number(subjectId)} recordId={Number(recordId)} /></div>}
    </>
  )
}
