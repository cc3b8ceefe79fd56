import type { Direction } from "../model.ts";
import type { ComposedFile, Layout } from "./layout.ts";

type Compose = Layout["compose"];
type FileName = (version: string, title: string, direction: Direction) => string;

/** A file for the up and a file for the down. */
export function pairFiles(fileName: FileName): Compose {
  return (version, title, { up, down }): ComposedFile[] => [
    { direction: "up", name: fileName(version, title, "up"), text: up },
    ...(down === undefined
      ? []
      : [{ direction: "down", name: fileName(version, title, "down"), text: down } as const]),
  ];
}

export interface SectionMarkers {
  readonly up: string;
  readonly down: string;
  /** What a marker says more where its section runs outside of a transaction: ` transaction:false`. */
  readonly untransacted?: string;
  /** The down's marker stands there where nothing goes back, too. */
  readonly needsDown?: true;
  /** A line of the whole file that says it of both sections. */
  readonly fileUntransacted?: string;
}

/** One file with a section for each direction. */
export function sectionFile(fileName: FileName, markers: SectionMarkers): Compose {
  return (version, title, { up, down, untransacted = [] }): ComposedFile[] => {
    const marker = (direction: Direction) =>
      markers[direction] + (untransacted.includes(direction) ? (markers.untransacted ?? "") : "");
    const head = untransacted.length > 0 && markers.fileUntransacted ? `${markers.fileUntransacted}\n` : "";
    const undo = down ?? (markers.needsDown ? "" : undefined);
    const back = undo === undefined ? "" : `\n${marker("down")}\n${ended(undo)}`;
    const text = `${head}${marker("up")}\n${ended(up)}${back}`;
    return [{ direction: "up", name: fileName(version, title, "up"), text }];
  };
}

/** Only an up: the runner knows no down. */
export function upFile(fileName: FileName): Compose {
  return (version, title, { up }): ComposedFile[] => [
    { direction: "up", name: fileName(version, title, "up"), text: up },
  ];
}

function ended(sql: string): string {
  return sql === "" || sql.endsWith("\n") ? sql : `${sql}\n`;
}
