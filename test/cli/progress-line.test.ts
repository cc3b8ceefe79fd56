import { expect, it } from "vitest";
import { progressLine } from "../../cli/progress-line.ts";

it("says what begins at once, and of one thing no more than the eye can follow", () => {
  const written: string[] = [];
  const stream = { columns: 60, write: (text: string) => written.push(text) };
  const line = progressLine(stream as unknown as NodeJS.WriteStream);
  line.show({ kind: "linted", files: 1 });
  line.show({ kind: "starting" });
  line.show({ kind: "proving", name: "000001_a", index: 1, total: 2 });
  line.show({ kind: "proving", name: "000002_b", index: 2, total: 2 });
  line.clear();
  expect(written.map((text) => text.replace("\r\u001b[2K", ""))).toEqual([
    "1 file read",
    "starting PostgreSQL",
    "[1/2] 000001_a: up, down, up",
    "",
  ]);
});
