import { expect, it } from "vitest";
import { patiently } from "#core/author/disk/patiently.ts";

/** Fails so many times before it works. */
function busy(times: number, code: string): () => string {
  let calls = 0;
  return () => {
    if (calls++ < times) throw Object.assign(new Error(code), { code });
    return `call ${calls}`;
  };
}

it.each(["EACCES", "EBUSY", "EPERM"])("waits on Windows while another program is at the file: %s", (code) => {
  expect(patiently(busy(3, code), "win32")).toBe("call 4");
});

it("waits for nothing that does not pass, and not for ever", () => {
  expect(() => patiently(busy(1, "ENOSPC"), "win32")).toThrow("ENOSPC");
  expect(() => patiently(busy(1, "EPERM"), "linux")).toThrow("EPERM");
  expect(() => patiently(busy(Number.POSITIVE_INFINITY, "EBUSY"), "win32")).toThrow("EBUSY");
});
