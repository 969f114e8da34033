/** A temporary PostgreSQL. */
export type TemporaryPostgresql = {
  readonly url: string
  crashOne(share: number): void
  crash(): void
  restart(): Promise<void>
  stop(): void
}
export function startPostgresql(parts?: { own?: boolean }): TemporaryPostgresql | null
