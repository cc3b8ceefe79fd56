import { openEmbedded } from "#core/postgres/embedded/open-embedded.ts";
import type { Engine } from "#core/postgres/session.ts";
import { type Place, serverObjects } from "../nothing-left.ts";

/** An engine as the command line is asked for it. */
export interface Target {
  readonly engine: Engine["name"];
  /** Flags beside `--engine`. */
  readonly flags: readonly string[];
  /** Migrations beside those that every target has. */
  readonly plain?: number;
  readonly environment?: NodeJS.ProcessEnv;
  readonly server?: NonNullable<Place["server"]>;
}

const everything = ["--with-data", "--locks"];

/** What runs can be started on, with what they need around them. `close` takes that away. */
export async function openTarget(engine: string): Promise<{ target: Target; close(): Promise<void> }> {
  const nothing = async () => {};
  switch (engine) {
    case "embedded":
    case "pglite":
      return { target: { engine, flags: everything }, close: nothing };
    case "side-by-side":
      return { target: { engine: "embedded", flags: ["--jobs", "3"], plain: 90 }, close: nothing };
    case "docker": {
      const image = process.env.SWITCHBACK_DOCKER_IMAGE;
      if (!image) throw new Error("SWITCHBACK_DOCKER_IMAGE names no image");
      return { target: { engine, flags: [...everything, "--image", image] }, close: nothing };
    }
    case "server":
      return serverTarget();
    default:
      throw new Error(`there is no engine ${engine}`);
  }
}

/** A server of somebody else, on which every session but the observer's is the run's. */
async function serverTarget(): Promise<{ target: Target; close(): Promise<void> }> {
  const host = await openEmbedded({ major: 17 });
  const session = await (await host.createDatabase()).connect();
  const [row] = await session.query("select current_setting('unix_socket_directories')");
  const url = `postgres://postgres:secret@/postgres?host=${encodeURIComponent(row?.[0] ?? "")}`;
  return {
    target: {
      engine: "server",
      flags: [...everything, "--url", url],
      server: { session, before: await serverObjects(session) },
    },
    close: () => host.stop(),
  };
}
