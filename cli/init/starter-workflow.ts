/** A workflow that runs the Action on every pull request. `folder`: where the project lies in its repository. */
export function starterWorkflow(folder: string): string {
  return `name: migrations

on:
  pull_request:
  merge_group:

permissions: {}

concurrency:
  group: migrations-\${{ github.event.pull_request.number || github.ref }}
  cancel-in-progress: true

jobs:
  migrations:
    runs-on: ubuntu-latest
    timeout-minutes: 10
    permissions:
      contents: read
      pull-requests: write
    steps:
      - uses: actions/checkout@08c6903cd8c0fde910a37f88322edcfb5dd907a8 # v5.0.0
        with:
          persist-credentials: false
      - uses: switchback/switchback@v1
${folder === "" ? "" : `        with:\n          working-directory: ${JSON.stringify(folder)}\n`}`;
}
