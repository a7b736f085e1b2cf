# How smoke and check speak to a composed stack; read by them. $here is the folder of its compose.yaml.

compose() {
  if docker compose version >/dev/null 2>&1; then docker compose -f "$here/compose.yaml" "$@"; else docker-compose -f "$here/compose.yaml" "$@"; fi
}

say() { printf '%-68s %s\n' "$1" "${2:-ok}"; }

# Runs the command after $2 until its output holds $1, for $limit seconds; prints the output.
limit=30
until_holds() {
  local wanted=$1 end=$((SECONDS + limit)) out=""
  shift
  while [ $SECONDS -lt $end ]; do
    if out=$("$@" 2>/dev/null) && [[ $out == *"$wanted"* ]]; then
      printf '%s' "$out"
      return 0
    fi
    sleep 1
  done
  printf 'Not seen within %s s: %s\nThe last answer was: %.600s\nLook at the logs: docker compose -f deploy/compose/compose.yaml logs\n' \
    "$limit" "$wanted" "$out" >&2
  return 1
}

# Waits up to $1 seconds until the four services are ready.
ready() {
  local limit=$1 service
  for service in outbound ingest routing notification; do
    until_holds '"UP"' curl -fsS "$front/services/$service/actuator/health/readiness" >/dev/null
  done
}

token() { # of the application $1
  curl -fsS -u "$1:$(cat "$here/secrets/$1")" -d grant_type=client_credentials "$front/oauth2/token" |
    sed 's/.*"access_token":"\([^"]*\)".*/\1/'
}

get() { curl -fsS -H "Authorization: Bearer $1" "$front$2"; }

handset() { curl -fsS "$twin/twin/handsets/${1/+/%2B}/messages"; }

answer() { # CONTACT TEXT: a person texts the demo site's number
  curl -fsS -H 'Content-Type: application/json' -d "{\"to\":\"+14045550199\",\"body\":\"$2\"}" \
    "$twin/twin/handsets/${1/+/%2B}/messages" >/dev/null
}

publish_cases() { # ID CONTACT …: as an upstream does, assigned to maria
  local printed now id records=""
  now=$(date -u +%Y-%m-%dT%H:%M:%SZ)
  while [ $# -gt 0 ]; do
    id=$1
    records+=$(printf 'ce_type:casewire.CaseChanged.v1\tdemo|CASE|%s\t{"site":"demo","caseRef":{"kind":"CASE","id":"%s"},"title":"Smoke","clientName":"Cleo Client","openedAt":"2026-01-05T09:00:00Z","phones":{"mobile":["%s"],"home":[],"other":[]},"assignments":[{"userId":"maria","primary":true,"startsOn":"2026-01-05","endsOn":null}],"updatedAt":"%s"}' \
      "$id" "$id" "$2" "$now")$'\n'
    shift 2
  done
  printed=$(compose exec -T kafka /opt/kafka/bin/kafka-console-producer.sh --bootstrap-server kafka:9092 --topic sms.cases \
    --reader-property parse.headers=true --reader-property parse.key=true 2>&1 <<<"${records%$'\n'}") || { printf '%s\n' "$printed" >&2; return 1; }
}

send() { # TOKEN MESSAGE-ID CONTACT CASE-ID TEXT
  curl -fsS -m 15 -H "Authorization: Bearer $1" -H 'Content-Type: application/json' \
    -d "{\"messageId\":\"$2\",\"to\":\"$3\",\"body\":\"$5\",\"caseRef\":{\"kind\":\"CASE\",\"id\":\"$4\"}}" \
    "$front/api/sites/demo/messages" >/dev/null
}

uuid() { cat /proc/sys/kernel/random/uuid; }
