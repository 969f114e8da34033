import { useLayoutEffect, useRef, useState, type RefObject } from 'react'
import type { AnswerOf } from '../../../ui/client.ts'
import { t, tt } from '../../../ui/language.ts'
import type { getModel } from '../contract.ts'

type Model = AnswerOf<typeof getModel>

const HEIGHT = 220
const FOOT = 24
const TOP = 30
const SIDE = 12

/** Scores as bars over a line of points, with the bands of the grades behind them and the average. The figures stand in the table beneath it. */
export function ScoreStrip({ bins, bands, average }: { readonly bins: Model['distribution']; readonly bands: Model['bands']; readonly average: string | null }) {
  const place = useRef<HTMLDivElement>(null)
  const width = useWidth(place)
  const least = Math.min(...bins.map(({ from }) => from))
  const most = Math.max(...bins.map(({ below }) => below))
  const highest = Math.max(1, ...bins.map(({ subjects }) => subjects))
  const at = (score: number) => SIDE + ((Math.min(most, Math.max(least, score)) - least) / Math.max(1e-9, most - least)) * (width - 2 * SIDE)
  const tall = (subjects: number) => (subjects / highest) * (HEIGHT - FOOT - TOP - 14)
  const floor = HEIGHT - FOOT
  const shown = bands.map((band) => ({ ...band, low: band.from === null ? least : Number(band.from), high: band.below === null ? most : Number(band.below) })).filter(({ low, high }) => high > least && low < most).sort((a, b) => a.low - b.low)
  const peak = bins.reduce((best, one) => (one.subjects > best.subjects ? one : best))
  const edges = [...new Set([least, most, ...shown.flatMap(({ low, high }) => [low, high])])].sort((a, b) => a - b)
  return (
    <div ref={place}><svg className="m-strip" width={width} height={HEIGHT} viewBox={`0 0 ${width} ${HEIGHT}`} role="img" aria-label={t(`得分从 ${least} 到 ${most}，最多的一段是 ${peak.from} 至 ${peak.below} 分，${peak.subjects} 户`, `Scores from ${least} to ${most}; most lie between ${peak.from} and ${peak.below}: ${peak.subjects} subjects`)}>
      {shown.map((band, index) => (
        <g key={band.grade}>
          <rect className={`m-band ${index % 2 ? 'm-odd' : ''}`} x={at(band.low)} width={Math.max(0, at(band.high) - at(band.low))} y="0" height={floor} />
          {at(band.high) - at(band.low) > 20 && <text className="m-name" x={(at(band.low) + at(band.high)) / 2} y="18" textAnchor="middle">{at(band.high) - at(band.low) > 64 ? tt(band.title) : band.grade}</text>}
        </g>
      ))}
      {shown.slice(1).map((band) => <line key={band.grade} className="m-edge" x1={at(band.low)} x2={at(band.low)} y1="0" y2={floor} />)}
      {bins.filter(({ subjects }) => subjects > 0).map(({ from, below, subjects }) => (
        <rect key={from} className="m-bar" x={at(from) + 0.75} width={Math.max(1, at(below) - at(from) - 1.5)} y={floor - Math.max(1.5, tall(subjects))} height={Math.max(1.5, tall(subjects))}><title>{t(`${from}–${below} 分：${subjects} 户`, `${from}–${below}: ${subjects}`)}</title></rect>
      ))}
      <text x={(at(peak.from) + at(peak.below)) / 2} y={floor - tall(peak.subjects) - 4} textAnchor={at(peak.from) > width - 60 ? 'end' : 'middle'}>{peak.subjects.toLocaleString('en')}</text>
      {average !== null && <line className="m-mean" x1={at(Number(average))} x2={at(Number(average))} y1={TOP - 4} y2={floor}><title>{t(`平均 ${average}`, `average ${average}`)}</title></line>}
      <line className="m-axis" x1={SIDE} x2={width - SIDE} y1={floor} y2={floor} />
      {edges.filter((edge, index) => index === 0 || at(edge) - at(edges[index - 1]!) > 22).map((edge) => <text key={edge} x={at(edge)} y={HEIGHT - 8} textAnchor={edge === least ? 'start' : edge === most ? 'end' : 'middle'}>{edge}</text>)}
    </svg></div>
  )
}

// drawn at the width it has, so that its letters keep their size on a phone
function useWidth(place: RefObject<HTMLElement | null>): number {
  const [width, setWidth] = useState(720)
  useLayoutEffect(() => {
    const element = place.current!
    const measure = () => setWidth(Math.max(240, element.clientWidth))
    measure()
    const watch = new ResizeObserver(measure)
    watch.observe(element)
    return () => watch.disconnect()
  }, [place])
  return width
}
