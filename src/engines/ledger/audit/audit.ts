import { setTimeout as after } from 'node:timers/promises'
import type { JsonObject } from '../../../kernel/json.ts'
import { text } from '../../../kernel/text.ts'
import type { Db } from '../../../platform/db/index.ts'
import { contentText, digestOf, leafText, type EntryType } from '../entry.ts'
import { parseVerifierKey } from '../note.ts'
import { countPending } from '../store.ts'
import { hashIn, TILE_WIDTH, type Tile } from '../tiles.ts'
import { leafHash, sameHash, type Hash } from '../tree.ts'
import { findExtent, findPlaced, listCheckpoints, listPlaces, listRowsWithoutEntry, listUnplaced, listWaiting, mapTiles, type PlaceRow } from './queries.ts'
import { Problems, type AuditProblem, type AuditReport } from './report.ts'
import { TreeCheck, type Place } from './tree-check.ts'

/** What an audit is given. */
export type AuditParts = {
  /** Every key that has signed checkpoints, also retired ones. */
  readonly verifierKeys: readonly string[]
  readonly now: Date
  /** How long it looks on, at the end, for the sequencer to give a place, where entries have waited long; 5 s unless said otherwise. */
  readonly watchMs?: number
  readonly onProgress?: (entries: number, of: number) => void
}

const PAGE = 8 * TILE_WIDTH
const MOST = 100
const PATIENCE_MS = 60_000
const WATCH_MS = 5_000
const LOOK_MS = 250

/**
 * Recomputes the whole ledger from the tables and names what does not fit: every digest from the rows it witnesses, every leaf, tile, root and
 * signature, gaps, entries without a place and rows without an entry. Reads page by page; runs beside a working system: it says for the ledger
 * as of the last entry that had its place when it began, and how many wait for theirs when it ends.
 */
export async function audit(db: Db, entryTypes: readonly EntryType[], { verifierKeys, now, watchMs = WATCH_MS, onProgress }: AuditParts): Promise<AuditReport> {
  const problems = new Problems()
  const tree = new TreeCheck(problems, verifierKeys.flatMap((key) => parseVerifierKey(key) ?? []))
  const types = new Map(entryTypes.map((type) => [type.name, type]))
  const since = new Date(now.getTime() - PATIENCE_MS)
  const waitedBefore = new Set((await listWaiting(db, since, 10_000)).map(({ entryId }) => entryId))
  const { numbered, covered } = await findExtent(db)
  const size = Math.max(numbered, covered)

  for (const empty of await listCheckpoints(db, -1, 0)) tree.judge(empty)
  for (let from = 0; from < size; from += PAGE) {
    const to = Math.min(from + PAGE, size)
    await auditPage(db, from, to, types, tree, problems)
    onProgress?.(to, size)
  }
  tree.end()
  if (numbered > covered) problems.add('not-covered', { seq: covered })

  // An entry of a long act, or one of a clock of its own, is old when it is committed: it waits too long only if nothing gets its place while the audit looks on.
  const waitsStill = (await listWaiting(db, since, 10_000)).filter(({ entryId }) => waitedBefore.has(entryId))
  if (waitsStill.length > 0 && !(await isNumbering(db, numbered, watchMs))) for (const { entryId, name } of waitsStill) problems.add('waits-too-long', { entryId, name })
  for (const { entryId, name, aboutId, subjectId } of await listUnplaced(db, MOST)) {
    problems.add(name === null ? 'pending-without-entry' : 'never-placed', { entryId, name, about: aboutOf(name, aboutId, subjectId, types) })
  }
  await auditTables(db, entryTypes, problems)
  const list = await withDetails(db, problems.list(), types)
  return { entries: size, asOf: await findPlaced(db, size - 1), waiting: await countPending(db), redacted: problems.redacted, checkpointsChecked: tree.checkpoints, valid: problems.count === 0, firstProblem: list[0] ?? null, problems: list, problemCount: problems.count }
}

/** Whether the sequence grows beyond what it was, within a while. */
async function isNumbering(db: Db, before: number, withinMs: number): Promise<boolean> {
  for (let waited = 0; ; waited += LOOK_MS) {
    if ((await findExtent(db)).numbered > before) return true
    if (waited >= withinMs) return false
    await after(LOOK_MS)
  }
}

/** A row that stands for many others (a seal of the trail) tells which of them no longer fit. */
async function withDetails(db: Db, list: readonly AuditProblem[], types: ReadonlyMap<string, EntryType>): Promise<AuditProblem[]> {
  const detailed: AuditProblem[] = []
  for (const problem of list) {
    const differs = problem.code === 'content-changed' && problem.about !== null ? await types.get(problem.name ?? '')?.differs?.(db, problem.about.id) : null
    detailed.push(differs ? { ...problem, cause: text(`${problem.cause.zh}：${differs.zh}`, `${problem.cause.en}. ${differs.en}`) } : problem)
  }
  return detailed
}

async function auditPage(db: Db, from: number, to: number, types: ReadonlyMap<string, EntryType>, tree: TreeCheck, problems: Problems): Promise<void> {
  const rows = new Map((await listPlaces(db, from, to)).map((row) => [row.seq, row]))
  const bodies = await bodiesOf(db, rows.values(), types)
  const checkpoints = new Map((await listCheckpoints(db, from, to)).map((checkpoint) => [checkpoint.size, checkpoint]))
  const tiles = await mapTiles(db, tilesBetween(from, to))
  for (let seq = from; seq < to; seq++) {
    const row = rows.get(seq)
    const tile = tiles.get(`0/${Math.floor(seq / TILE_WIDTH)}`)
    tree.push(placeOf(seq, row, leafIn(tile, seq), bodies, types, problems))
    const checkpoint = checkpoints.get(seq + 1)
    if (checkpoint !== undefined) tree.judge(checkpoint)
  }
  tree.compareNodes(await mapTiles(db, distinct(tree.takeNodes())))
  for (const { level, index } of tilesBetween(from, to)) {
    const width = (tiles.get(`${level}/${index}`)?.hashes.length ?? 0) / 32
    if (width < Math.min(TILE_WIDTH, to - index * TILE_WIDTH)) problems.add('tile-missing', { seq: index * TILE_WIDTH + Math.floor(width), name: `tile ${level}/${index}` })
  }
}

/** A place with its two leaves. What is wrong with the content is not told yet: a changed entry would be told twice. */
function placeOf(seq: number, row: PlaceRow | undefined, fromTile: Hash | null, bodies: Bodies, types: ReadonlyMap<string, EntryType>, problems: Problems): Place {
  if (row === undefined || row.name === null) {
    problems.add(row === undefined ? 'place-missing' : 'entry-missing', { seq, entryId: row?.entryId ?? null })
    return { seq, fromEntry: null, fromTile, at: { seq }, content: null }
  }
  const { name } = row
  const at = { seq, entryId: row.entryId, name, about: aboutOf(name, row.aboutId, row.subjectId, types) }
  const fromEntry = leafHash(leafText(name, row.at, row.digest))
  if (!types.has(name)) return { seq, fromEntry, fromTile, at, content: 'unknown-type' }
  const body = row.aboutId === null ? {} : bodies.get(name)?.get(row.aboutId)
  if (body === undefined) return { seq, fromEntry, fromTile, at, content: 'row-missing' }
  const redacted = types.get(name)?.redacts ? null : row.redacted
  if (redacted !== null && row.removalId! > 0) problems.redacted++
  const fits = sameHash(digestOf(row.salt, contentText({ ...row, name, body })), redacted ?? row.digest)
  return { seq, fromEntry, fromTile, at, content: fits ? null : 'content-changed' }
}

type Bodies = ReadonlyMap<string, ReadonlyMap<number, JsonObject>>

/** The witnesses of a page: one question a name. */
async function bodiesOf(db: Db, rows: Iterable<PlaceRow>, types: ReadonlyMap<string, EntryType>): Promise<Bodies> {
  const ids = new Map<string, Set<number>>()
  for (const { name, aboutId } of rows) {
    if (name === null || aboutId === null || !types.has(name)) continue
    if (!ids.has(name)) ids.set(name, new Set())
    ids.get(name)!.add(aboutId)
  }
  const bodies = new Map<string, ReadonlyMap<number, JsonObject>>()
  for (const [name, about] of ids) bodies.set(name, await types.get(name)!.witness(db, [...about]))
  return bodies
}

/** Every row of a witnessed table must have an entry of one of the types that name the table. */
async function auditTables(db: Db, entryTypes: readonly EntryType[], problems: Problems): Promise<void> {
  const tables = new Map<string, { relation: string; key: string; names: string[] }>()
  for (const { name, table } of entryTypes) {
    if (table === undefined) continue
    const known = tables.get(`${table.relation} ${table.key}`)
    if (known === undefined) tables.set(`${table.relation} ${table.key}`, { ...table, names: [name] })
    else known.names.push(name)
  }
  for (const { relation, key, names } of tables.values()) {
    for (const id of await listRowsWithoutEntry(db, relation, key, names, MOST)) problems.add('row-without-entry', { about: { relation, id, subjectId: null } })
  }
}

function aboutOf(name: string | null, id: number | null, subjectId: number | null, types: ReadonlyMap<string, EntryType>): { relation: string | null; id: number; subjectId: number | null } | null {
  return id === null ? null : { relation: types.get(name ?? '')?.table?.relation ?? null, id, subjectId }
}

function leafIn(tile: Tile | undefined, seq: number): Hash | null {
  const position = seq % TILE_WIDTH
  return tile !== undefined && tile.hashes.length >= (position + 1) * 32 ? hashIn(tile.hashes, position) : null
}

function tilesBetween(from: number, to: number): { level: number; index: number }[] {
  const first = Math.floor(from / TILE_WIDTH)
  return Array.from({ length: Math.ceil(to / TILE_WIDTH) - first }, (_, at) => ({ level: 0, index: first + at }))
}

function distinct(addresses: readonly { level: number; index: number }[]): { level: number; index: number }[] {
  return [...new Map(addresses.map((address) => [`${address.level}/${address.index}`, address])).values()]
}
