import { EngineLostError } from "../session.ts";
import type { ServerAddress } from "../wire/server-address.ts";
import { WireSession } from "../wire/wire-session.ts";
import type { ServerUrl } from "./parse-url.ts";

/** pg_hba.conf has no line for this way of connecting. */
const notLetIn = "28000";

/** The address with the encryption that the server takes. What else is wrong shows when it is used. */
export async function reachable({ address, tls }: ServerUrl): Promise<ServerAddress> {
  const first = { ...address, ssl: tls.first };
  if (tls.otherwise === undefined) return first;
  try {
    await (await WireSession.connect(first, first.maintenance)).close();
    return first;
  } catch (error) {
    if (!(error instanceof EngineLostError)) throw error;
    const refused = error.sqlstate === notLetIn || /not support SSL/i.test(error.message);
    return refused ? { ...address, ssl: tls.otherwise } : first;
  }
}
