import type { EngineLostError } from "../session.ts";

/** Why there is no connection to a server, and what to do. */
export function unreachable(server: string, { message, sqlstate = "" }: EngineLostError): string {
  const [, remedy] = remedies.find(([about]) => about.test(`${sqlstate} ${message}`)) ?? [];
  return `no connection to ${server}: ${message}${remedy === undefined ? "" : `; ${remedy}`}`;
}

/** By SQLSTATE, or by what the system and Node say. */
const remedies: readonly (readonly [about: RegExp, remedy: string])[] = [
  [/ECONNREFUSED/, "nothing listens there: start the server, or mend host and port of the URL"],
  [
    /ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|timeout/,
    "nothing answers there: mend host and port of the URL, or look at the firewalls on the way",
  ],
  [/ENOTFOUND|EAI_AGAIN/, "no host has this name: mend the URL"],
  [/^28P01|password must be a string/, "mend user and password of the URL, or set PGPASSWORD"],
  [/^28/, "mend user and sslmode of the URL, or let it in with a line in pg_hba.conf"],
  [/^3D000/, "name a database that exists: it is only connected to"],
  [/^53300/, "close other connections, or raise max_connections"],
  [/^57P03/, "try again in a moment"],
  [/not support SSL|ECONNRESET/, "say sslmode=prefer or sslmode=disable in the URL"],
  [
    /certificate|altnames/i,
    "name its authority with sslrootcert=<file> in the URL, or say sslmode=require, which does not look at it",
  ],
];
