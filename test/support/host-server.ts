import { openEmbedded } from "#core/postgres/embedded/open-embedded.ts";
import type { Engine, Session } from "#core/postgres/session.ts";

/** A running server of somebody else, and a superuser's URL to it. */
export async function hostServer(): Promise<{ host: Engine; admin: Session; url(user?: string): string }> {
  const host = await openEmbedded({ major: 17 });
  const admin = await (await host.createDatabase()).connect();
  const [row] = await admin.query("select current_setting('unix_socket_directories')");
  const url = (user = "postgres") =>
    `postgres://${user}:secret@/postgres?host=${encodeURIComponent(row?.[0] ?? "")}`;
  return { host, admin, url };
}
