# Finds a JDK 25 or newer: sourced by bin/llm and, in a source tree, by ./llm.

# Prints the feature release of the JDK in folder $1, from its 'release' file: no JVM is started.
jdk_release() {
  [ -x "$1/bin/java" ] && [ -f "$1/release" ] || return 1
  sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release"
}

# Succeeds if folder $1 holds a JDK that is new enough, and sets 'jdk'.
jdk_fits() {
  jdk_found=$(jdk_release "$1") || return 1
  [ "${jdk_found:-0}" -ge 25 ] || return 1
  jdk=$1
}

# The home of the 'java' on the PATH.
jdk_on_path() {
  jdk_java=$(command -v java) || return 1
  jdk_java=$(readlink -f "$jdk_java" 2>/dev/null) || return 1
  jdk_java=${jdk_java%/bin/java}
  printf '%s\n' "$jdk_java"
}

# find_jdk HOME: sets 'jdk', or says in one sentence what to install and exits with 3.
find_jdk() {
  jdk=
  if [ -n "${LLM_JAVA_HOME:-}" ]; then
    jdk_fits "$LLM_JAVA_HOME" && return 0
    echo "llm: LLM_JAVA_HOME: expected the folder of a JDK 25 or newer, found '$LLM_JAVA_HOME'. Point it at one, or unset it." >&2
    exit 3
  fi
  [ -n "${JAVA_HOME:-}" ] && jdk_fits "$JAVA_HOME" && return 0
  for jdk_folder in "$1/runtime" /usr/lib/jvm/* /usr/java/* /usr/local/java/* /opt/java/* /opt/jdk* \
    "${HOME:-/nowhere}"/.sdkman/candidates/java/* "${HOME:-/nowhere}"/.jdks/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home \
    "${HOME:-/nowhere}"/Library/Java/JavaVirtualMachines/*/Contents/Home \
    /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home; do
    jdk_fits "$jdk_folder" && return 0
  done
  jdk_folder=$(jdk_on_path) && jdk_fits "$jdk_folder" && return 0
  echo "llm: needs a JDK 25 or newer and found none; install one (Debian/Ubuntu: temurin-25-jdk; others: adoptium.net), or point JAVA_HOME at it." >&2
  exit 3
}
