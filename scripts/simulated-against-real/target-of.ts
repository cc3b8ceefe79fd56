import type { SimulationOptions } from "#core/catalog/simulate/simulation.ts";
import type { Session } from "#core/postgres/session.ts";

/** What a simulation has to know of the server that it is compared with. */
export async function targetOf(session: Session, major: number): Promise<SimulationOptions> {
  const [row] = await session.query("select quote_ident(current_user)");
  return { postgres: major, user: row?.[0] ?? "" };
}
