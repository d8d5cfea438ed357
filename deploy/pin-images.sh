#!/bin/sh
# Prints lines for .env that pin each third-party image of docker-compose.yml to the current digest of its tag.
set -eu
cd "$(dirname "$0")/.."

sed -n 's/.*\${\([A-Z]*_IMAGE\):-\([^}]*\)}.*/\1 \2/p' docker-compose.yml | sort -u | while read -r variable image; do
  docker pull --quiet "$image" >&2
  digest=$(docker image inspect --format '{{index .RepoDigests 0}}' "$image")
  printf '%s=%s@%s\n' "$variable" "$image" "${digest##*@}"
done
