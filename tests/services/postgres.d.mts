export function freePort(): Promise<number>

export interface PostgresFound {
  readonly binaries: string
  readonly version: string
}
export function findPostgres(): PostgresFound | null

export interface PostgresServer {
  readonly version: string
  readonly port: number
  /** Of the administrator's own database. */
  readonly url: string
  /** The same by way of the file system, which is quicker. */
  readonly socketUrl: string
  crash(): Promise<void>
  stop(keep?: (data: string) => void): Promise<void>
}
export function startPostgres(options: {
  readonly fsync: boolean
  readonly place?: string
  readonly from?: string
  readonly settings?: Readonly<Record<string, string | number>>
}): Promise<PostgresServer>
