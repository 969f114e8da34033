// Grades have their own scale of shape and colour, the same in light and dark, apart from the four meanings (late, due, good, information).
const LOOKS = [
  { fill: '#0B6B4F', shape: <circle cx="11" cy="11" r="10.5" /> },
  { fill: '#2C5E93', shape: <rect x="1" y="1" width="20" height="20" rx="5" /> },
  { fill: '#8F5600', shape: <path d="M11 0 22 11 11 22 0 11Z" /> },
  { fill: '#9C2B45', shape: <path d="M6.5 .5h9L21.5 6.5v9L15.5 21.5h-9L.5 15.5v-9Z" /> },
  { fill: '#4A3F55', shape: <path d="M.8 1h20.4v13.5L11 21.6.8 14.5Z" /> },
] as const
const NEUTRAL = { fill: '#55626A', shape: <rect x="1" y="1" width="20" height="20" rx="2" /> } as const

// Every scale in use, best first. A grade that stands in none is shown neutral rather than guessed.
const SCALES = [['AAA', 'AA', 'A', 'B', 'C'], ['A', 'B', 'C', 'D', 'E'], ['A', 'B', 'C', '不评级'], ['优', '良', '中', '差'], ['优秀', '良好', '中等', '较差'], ['诚信', '良好', '警示', '不良'], ['低风险', '较低风险', '中风险', '高风险'], ['excellent', 'good', 'fair', 'poor']]

/** The place of a grade in its scale, 1 = best; null when unknown. `among` picks the scale where a letter stands in several. */
export function placeOfGrade(grade: string, among?: string): number | null {
  const scale = (/^(aaa|property)/i.test(among ?? '') ? SCALES : [...SCALES.slice(1), SCALES[0]!]).find((grades) => grades.includes(grade))
  return scale ? scale.indexOf(grade) + 1 : null
}

/**
 * A grade (等级) as shape, letter and word: never by colour alone. `word` stands beside it always; `called` only where the letter does not say it all; `compact` shows the shape alone. `place` is its place in the scale, 1 = best, when the caller knows it.
 */
export function GradeBadge({ grade, word, called, compact = false, place, scale, size = 22 }: { readonly grade: string; readonly word?: string | undefined; readonly called?: string | undefined; readonly compact?: boolean; readonly place?: number | null | undefined; readonly scale?: string | undefined; readonly size?: number }) {
  const at = place ?? placeOfGrade(grade, scale)
  const { fill, shape } = (at === null ? undefined : LOOKS[Math.min(at, LOOKS.length) - 1]) ?? NEUTRAL
  const letters = shortOf(grade)
  // drawn larger where several letters must be read: three at 7 px are not
  const wide = letters.length > 1
  const fontSize = letters.length > 2 ? 8.2 : wide ? 9.6 : 12
  return (
    <span className="x-grade" title={word ?? called}>
      <svg width={wide ? Math.max(size, 22) : size} height={wide ? Math.max(size, 22) : size} viewBox="0 0 22 22" aria-hidden="true">
        <g fill={fill}>{shape}</g>
        <text x="11" y={15.2 - (12 - fontSize) * 0.36} textAnchor="middle" fontSize={fontSize} fontWeight="700" fill="#fff" fontFamily="inherit">{letters}</text>
      </svg>
      {word && word !== grade ? <span><span className="x-hidden">{grade} </span>{word}</span> : <span className={compact || letters === grade ? 'x-hidden' : undefined}>{letters === grade ? grade : (called ?? grade)}</span>}
    </span>
  )
}

// The letter where a grade has one (`C(缺失)` is C), else its first character; a grade that says "not graded" is a dash.
function shortOf(grade: string): string {
  const letters = /^[A-Z]{1,3}[+-]?(?![A-Za-z])/.exec(grade)?.[0]
  if (letters) return letters
  return /^(不|未|无)评/.test(grade) ? '–' : grade.slice(0, 1).toUpperCase()
}
