import { useMemo } from 'react'
import { encodeQR } from 'qr'

/** The margin without which readers do not find the code, in modules. */
const QUIET_ZONE = 4

/** A QR code (二维码) of a text, drawn here: nothing of it leaves the browser. `label` says what it is for; what it says must stand beside it as text. */
export function QrCode({ text, label }: { readonly text: string; readonly label: string }) {
  const { size, path } = useMemo(() => {
    const modules = encodeQR(text, 'raw', { ecc: 'medium', border: QUIET_ZONE })
    return { size: modules.length, path: modules.flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : []))).join('') }
  }, [text])
  return (
    <svg role="img" aria-label={label} viewBox={`0 0 ${size} ${size}`} width={size * 4} height={size * 4} shapeRendering="crispEdges" className="x-qr">
      <rect width={size} height={size} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  )
}
