import { renameSync, rmSync } from "node:fs";
import { EngineLostError, EngineUnavailableError } from "../session.ts";
import { ScratchDatabases } from "../wire/scratch-databases.ts";
import type { ServerAddress } from "../wire/server-address.ts";
import { program } from "./installation.ts";
import { endProcessesIn } from "./orphan-server.ts";
import type { RunnableInstallation } from "./runnable.ts";
import { serverArguments } from "./server-settings.ts";
import { Supervisor } from "./supervisor.ts";

const startMs = 30_000;
/** A migration that kills the server does so on its way up, down and up again; more than that is hopeless. */
const revivals = 20;

/** A server in a run folder that is started again when a migration brings it down. */
export class EmbeddedServer {
  readonly #installation: RunnableInstallation;
  readonly #run: string;
  readonly #data: string;
  readonly #address: ServerAddress;
  #supervisor: Supervisor;
  #stopped = false;
  #revivals = 0;
  #reviving: Promise<boolean> | undefined;

  constructor(installation: RunnableInstallation, run: string, data: string) {
    this.#installation = installation;
    this.#run = run;
    this.#data = data;
    this.#address = {
      host: run,
      port: 5432,
      user: "postgres",
      password: undefined,
      maintenance: "postgres",
      ssl: false,
    };
    this.#supervisor = this.#start();
  }

  get address(): ServerAddress {
    return this.#address;
  }

  /** Rejects with `EngineUnavailableError` and the server's own words when it does not come up. */
  async databases(signal: AbortSignal | undefined): Promise<ScratchDatabases> {
    const deadline = Date.now() + startMs;
    for (;;) {
      signal?.throwIfAborted();
      try {
        return await ScratchDatabases.open(this.#address, { revive: () => this.#revive() });
      } catch (error) {
        if (!(error instanceof EngineLostError)) throw error;
        if (!this.#supervisor.serverAlive || Date.now() > deadline) {
          throw new EngineUnavailableError(this.#supervisor.log() || error.message);
        }
        await pause();
      }
    }
  }

  /** The data folder, and the folder of this run around it. */
  get folders(): { readonly data: string; readonly run: string } {
    return { data: this.#data, run: this.#run };
  }

  /** Goes on with another data folder in the place of the present one. False when the server does not come up on it. */
  replaceData(next: string): Promise<boolean> {
    this.#reviving = this.#restart(() => {
      rmSync(this.#data, { recursive: true, force: true });
      renameSync(next, this.#data);
    }).finally(() => {
      this.#reviving = undefined;
    });
    return this.#reviving;
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#reviving;
    await this.#supervisor.stop();
  }

  #start(): Supervisor {
    const command = [program(this.#installation, "postgres"), ...serverArguments(this.#data, this.#run)];
    return new Supervisor(this.#run, command, this.#installation.identity);
  }

  #revive(): Promise<boolean> {
    if (!this.#reviving && ++this.#revivals > revivals) return Promise.resolve(false);
    this.#reviving ??= this.#restart().finally(() => {
      this.#reviving = undefined;
    });
    return this.#reviving;
  }

  async #restart(meanwhile: () => void = () => {}): Promise<boolean> {
    if (this.#stopped) return false;
    await this.#supervisor.stop("keep");
    await endProcessesIn(this.#run);
    meanwhile();
    this.#supervisor = this.#start();
    const deadline = Date.now() + startMs;
    while (this.#supervisor.serverAlive && Date.now() < deadline) {
      try {
        const databases = await ScratchDatabases.open(this.#address);
        await databases.hangUp();
        return true;
      } catch {
        await pause();
      }
    }
    return false;
  }
}

function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 10));
}
