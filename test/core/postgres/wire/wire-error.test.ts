import { expect, it } from "vitest";
import { EngineLostError } from "#core/postgres/session.ts";
import { wireError } from "#core/postgres/wire/wire-error.ts";

it("says what each address of a host said, where the error over all says nothing", () => {
  const errors = ["::1", "127.0.0.1"].map((host) => new Error(`connect ECONNREFUSED ${host}:5432`));
  const error = wireError(new AggregateError(errors));
  expect(error).toBeInstanceOf(EngineLostError);
  expect(error.message).toBe("connect ECONNREFUSED ::1:5432, connect ECONNREFUSED 127.0.0.1:5432");
});
