#!/bin/sh
# Prints, for .env, each image that docker-compose.yml takes from elsewhere, with the digest that its tag has now.
set -eu
cd "$(dirname "$0")/.."

sed -n 's/.*\${\([A-Z]*_IMAGE\):-\([^}]*\)}.*/\1 \2/p' docker-compose.yml | sort -u | while read -r variable image; do
  docker pull --quiet "$image" >&2
  digest=$(docker image inspect --format '{{index .RepoDigests 0}}' "$image")
  printf '%s=%s@%s\n' "$variable" "$image" "${digest##*@}"
done
