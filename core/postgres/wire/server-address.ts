import type { ConnectionOptions } from "node:tls";

/** Where a server listens and who we are there. `host` is a name, an address, or the folder of a Unix socket. */
export interface ServerAddress {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string | undefined;
  /** The database that administrative statements run in. */
  readonly maintenance: string;
  /** As `pg` takes it. */
  readonly ssl: boolean | ConnectionOptions;
}
