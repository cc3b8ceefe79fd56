/** What to look at where a server is not reached, by what the system or the server said. */
const remedies: readonly (readonly [said: RegExp, remedy: string])[] = [
  [/ECONNREFUSED/, "nothing listens there: start the server, or look at host and port of the URL"],
  [/ENOTFOUND|EAI_AGAIN/, "no host has this name: look at the URL"],
  [
    /ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|timeout/,
    "nothing answers there: look at host and port of the URL, and at firewalls on the way",
  ],
  [/SSL|ECONNRESET/, "where the server speaks no TLS: ?sslmode=disable in the URL"],
  [/certificate/, "who signed it is told with ?sslrootcert=<file> in the URL"],
  [/pg_hba\.conf/, "this user, host and encryption want a line in the server's pg_hba.conf"],
  [/password|28P01/, "user and password stand in the URL; where it has no password, PGPASSWORD counts"],
  [/database .* does not exist/, "the URL names a database that is there, such as postgres"],
];

/** A second line for the message; empty where nothing is known. */
export function connectionRemedy(said: string): string {
  const remedy = remedies.find(([pattern]) => pattern.test(said))?.[1];
  return remedy === undefined ? "" : `\n  ${remedy}`;
}
