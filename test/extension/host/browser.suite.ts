/** What an extension host of a browser has not. */
import assert from "node:assert/strict";
import * as vscode from "vscode";
import { test } from "./runner.ts";
import { api, folder, none } from "./support.ts";

test("round trips run on PGlite, whatever the settings say", async () => {
  const settings = vscode.workspace.getConfiguration("switchback.roundTrip");
  await settings.update("engine", "docker", vscode.ConfigurationTarget.Global);
  const { roundTrips } = await api();
  const where = await folder();
  const report = await roundTrips.run(where, { token: none, onCommand: true, only: ["000001"] });
  assert.equal(report.engine?.name, "pglite");
  assert.equal(roundTrips.engineOf(where, true), "pglite");
  await settings.update("engine", undefined, vscode.ConfigurationTarget.Global);
});
