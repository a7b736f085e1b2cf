# Finds a JDK 25 or newer; read by the scripts beside it.

# Prints the major version of the JDK in the folder $1, or nothing.
jdk_major() {
  local version=""
  [ -x "$1/bin/java" ] || return 0
  if [ -r "$1/release" ]; then
    version=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release" | head -n 1)
  fi
  if [ -z "$version" ]; then
    version=$("$1/bin/java" -version 2>&1 | sed -n 's/.*version "\([0-9]*\).*/\1/p' | head -n 1)
  fi
  printf '%s' "$version"
}

# Prints the folder of the JDK that the program $1 belongs to.
jdk_of_program() {
  local program=$1 link
  while [ -L "$program" ]; do
    link=$(readlink "$program")
    case $link in
      /*) program=$link ;;
      *) program=$(dirname "$program")/$link ;;
    esac
  done
  (cd "$(dirname "$program")/.." 2>/dev/null && pwd -P)
}

# Sets JDK to the first JDK 25 or newer that also has a compiler; says where it looked when there is none.
find_jdk() {
  local candidate major program looked=""
  local candidates=()
  [ -n "${JAVA_HOME:-}" ] && candidates+=("$JAVA_HOME")
  [ -n "${JDK25_HOME:-}" ] && candidates+=("$JDK25_HOME")
  program=$(command -v java || true)
  [ -n "$program" ] && candidates+=("$(jdk_of_program "$program")")
  for candidate in /usr/lib/jvm/* "$HOME"/.sdkman/candidates/java/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home /opt/*; do
    [ -d "$candidate" ] && candidates+=("$candidate")
  done
  for candidate in ${candidates[@]+"${candidates[@]}"}; do
    major=$(jdk_major "$candidate")
    if [ "${major:-0}" -ge 25 ] && [ -x "$candidate/bin/javac" ]; then
      JDK=$candidate
      return 0
    fi
    [ -n "$major" ] && looked="$looked
  $candidate (Java $major)"
  done
  cat >&2 <<TEXT
No JDK 25 or newer was found. Looked at JAVA_HOME (${JAVA_HOME:-not set}), JDK25_HOME (${JDK25_HOME:-not set}),
java on the PATH (${program:-not there}), /usr/lib/jvm/*, ~/.sdkman/candidates/java/*,
/Library/Java/JavaVirtualMachines/* and /opt/*.${looked:+ These are too old or have no compiler:$looked}
Install a JDK 25 (Eclipse Temurin 25, for example), or say where it is: JAVA_HOME=/path/to/jdk-25 $0
TEXT
  return 1
}
