import type { Thread } from "../background/background.ts";
import { Background } from "../background/background.ts";
import type { AnalysisMethods } from "./methods.ts";

/** The thread that reads, checks and proposes. The extension host itself never parses SQL. */
export class Analysis {
  readonly #background: Background<AnalysisMethods>;

  constructor(start: () => Thread) {
    this.#background = new Background(start);
  }

  get generation(): number {
    this.#background.ensure();
    return this.#background.generation;
  }

  readonly readConfig: AnalysisMethods["readConfig"] = (input) => this.#background.call("readConfig", input);
  readonly lint: AnalysisMethods["lint"] = (input) => this.#background.call("lint", input);
  readonly ignore: AnalysisMethods["ignore"] = (input) => this.#background.call("ignore", input);
  readonly proposeDown: AnalysisMethods["proposeDown"] = (input) =>
    this.#background.call("proposeDown", input);
  readonly rename: AnalysisMethods["rename"] = (input) => this.#background.call("rename", input);
  readonly renumber: AnalysisMethods["renumber"] = (input) => this.#background.call("renumber", input);
  readonly schemaChange: AnalysisMethods["schemaChange"] = (input) =>
    this.#background.call("schemaChange", input);
  readonly locks: AnalysisMethods["locks"] = (input) => this.#background.call("locks", input);
  readonly rules: AnalysisMethods["rules"] = (input) => this.#background.call("rules", input);
  readonly rulePage: AnalysisMethods["rulePage"] = (input) => this.#background.call("rulePage", input);

  dispose(): void {
    this.#background.kill("the editor is closing");
  }
}
