#!/bin/sh
# A Docker daemon of our own, with its data in one private folder: docker-daemon.sh start|stop FOLDER
# Needs root and the Debian packages docker.io and debootstrap. Prints DOCKER_HOST when it answers.
set -eu

action=$1
folder=$2
socket="unix://$folder/docker.sock"

case $action in
start)
  mkdir -p "$folder"
  # Containers reach the host through port mappings of the userland proxy; the kernel's tables are tried first.
  for options in "" "--iptables=false --bridge=none"; do
    # shellcheck disable=SC2086
    dockerd --data-root "$folder/data" --exec-root "$folder/exec" --pidfile "$folder/docker.pid" \
      -H "$socket" $options >"$folder/docker.log" 2>&1 &
    daemon=$!
    tries=0
    while kill -0 "$daemon" 2>/dev/null && [ "$tries" -lt 100 ]; do
      if docker -H "$socket" version >/dev/null 2>&1; then
        echo "$socket"
        exit 0
      fi
      tries=$((tries + 1))
      sleep 0.2
    done
    kill "$daemon" 2>/dev/null || true
  done
  echo "dockerd does not start here:" >&2
  tail -n 5 "$folder/docker.log" >&2
  exit 1
  ;;
stop)
  if [ -f "$folder/docker.pid" ]; then
    daemon=$(cat "$folder/docker.pid")
    kill "$daemon" 2>/dev/null || true
    while kill -0 "$daemon" 2>/dev/null; do sleep 0.1; done
  fi
  rm -rf "$folder"
  ;;
esac
