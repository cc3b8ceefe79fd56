import { randomBytes } from "node:crypto";
import type { ContainerRuntimeClient, StartedTestContainer } from "testcontainers";
import { thisProcess } from "../owner.ts";
import { type Engine, EngineLostError, EngineUnavailableError } from "../session.ts";
import { ScratchDatabases } from "../wire/scratch-databases.ts";
import { ownerLabel, removeStarted, startLabel, sweepContainers } from "./containers.ts";
import { pullImage } from "./pull-image.ts";
import type { PullProgress } from "./pull-progress.ts";

export interface DockerOptions {
  /** `postgres:16`, `postgis/postgis:16-3.4`, `pgvector/pgvector:pg17`: any image that behaves like the official one. */
  readonly image: string;
  readonly onPull?: ((progress: PullProgress) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

const port = 5432;
const startMs = 120_000;
/** A throw-away server needs no safety, and migrations may do what production lets them do. */
const serverArguments = [
  ["fsync", "off"],
  ["full_page_writes", "off"],
  ["autovacuum", "off"],
  ["wal_level", "logical"],
  ["max_prepared_transactions", "10"],
  ["max_locks_per_transaction", "1024"],
].flatMap(([name, value]) => ["-c", `${name}=${value}`]);

/**
 * Starts a container of a PostgreSQL image. `testcontainers` starts Ryuk beside it, which removes the container also
 * when this process is killed; where Ryuk's image cannot be had, the next run does.
 */
export async function openDocker({ image, onPull, signal }: DockerOptions): Promise<Engine> {
  signal?.throwIfAborted();
  const password = randomBytes(18).toString("base64url");
  const container = await start(image, password, onPull, signal).catch((error: unknown) => {
    signal?.throwIfAborted();
    throw new EngineUnavailableError(explain(image, error));
  });
  const remove = async () => {
    await container.stop({ timeout: 0, remove: true, removeVolumes: true }).catch(() => {});
  };
  try {
    signal?.throwIfAborted();
    const databases = await ScratchDatabases.open({
      host: container.getHost(),
      port: container.getMappedPort(port),
      user: "postgres",
      password,
      maintenance: "postgres",
      ssl: false,
    });
    return {
      name: "docker",
      postgres: databases.postgres,
      major: databases.major,
      sessions: 20,
      createDatabase: () => databases.create(),
      stop: async () => {
        await databases.hangUp();
        await remove();
      },
    };
  } catch (error) {
    await remove();
    if (error instanceof EngineLostError) throw new EngineUnavailableError(explain(image, error));
    throw error;
  }
}

async function start(
  image: string,
  password: string,
  onPull: DockerOptions["onPull"],
  signal: AbortSignal | undefined,
): Promise<StartedTestContainer> {
  const { GenericContainer, Wait, getContainerRuntimeClient, getReaper } = await import(
    "./testcontainers.ts"
  );
  const client = await getContainerRuntimeClient();
  await sweepContainers(client);
  await pullImage(client, image, onPull, signal);
  const label = randomBytes(8).toString("hex");
  // Its image may be out of reach where ours is there; then a killed run is for the next one to sweep.
  const ryuk = async () => {
    if (process.env.TESTCONTAINERS_RYUK_DISABLED === "true") return false;
    return getReaper(client).then(
      () => true,
      () => false,
    );
  };
  const begin = (reaped: boolean) =>
    new GenericContainer(image)
      .withEnvironment({ POSTGRES_USER: "postgres", POSTGRES_PASSWORD: password, POSTGRES_DB: "postgres" })
      .withCommand(["postgres", ...serverArguments])
      .withLabels({ [ownerLabel]: JSON.stringify(thisProcess()), [startLabel]: label })
      .withExposedPorts(port)
      .withAutoCleanup(reaped)
      // The first server of the entrypoint only runs its set-up scripts; the port opens for good with the second.
      .withWaitStrategy(
        Wait.forAll([Wait.forListeningPorts(), Wait.forLogMessage(/ready to accept connections/, 2)]),
      )
      .withStartupTimeout(startMs)
      .start();
  const starting = ryuk().then(begin);
  return givenUp(starting, client, label, signal);
}

/** Nobody can tell `testcontainers` to give up: what it has made is taken away from it until it notices. */
async function givenUp(
  starting: Promise<StartedTestContainer>,
  client: ContainerRuntimeClient,
  label: string,
  signal: AbortSignal | undefined,
): Promise<StartedTestContainer> {
  let over = false;
  const settled = starting.then(
    () => {},
    () => {},
  );
  void settled.then(() => {
    over = true;
  });
  const aborted = new Promise<void>((resolve) => {
    if (signal?.aborted) resolve();
    signal?.addEventListener("abort", () => resolve(), { once: true });
  });
  await Promise.race([settled, aborted]);
  while (!over) {
    await removeStarted(client, label);
    await Promise.race([settled, new Promise((resolve) => setTimeout(resolve, 100))]);
  }
  if (signal?.aborted) await removeStarted(client, label);
  signal?.throwIfAborted();
  return starting;
}

function explain(image: string, error: unknown): string {
  const said = error instanceof Error ? error.message : String(error);
  if (/container runtime strategy|ECONNREFUSED|ENOENT.*docker\.sock/i.test(said)) {
    const others = process.platform === "win32" ? "pglite" : "embedded or pglite";
    return `no Docker daemon answers: start Docker, or use --engine ${others}`;
  }
  if (
    /no such image|pull|manifest|not found|unauthorized|denied|registry|invalid reference|\/v2\//i.test(said)
  ) {
    return `the image ${image} cannot be had: ${said}`;
  }
  return `a container of ${image} does not start: ${said}`;
}
