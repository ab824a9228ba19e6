# Shared by the launchers in the bin folders: finds a JDK 25, builds what is missing or out of date, and
# starts Java. Sourced by POSIX sh; the launcher has set assent_root to the folder of the project.

assent_fail() {
  printf '%s: %s\n' "${0##*/}" "$1" >&2
  exit 1
}

# Whether $1 is the home of a Java 25. Reads its `release` file, since starting Java to ask it takes too long.
assent_is_java_25() {
  [ -n "$1" ] && [ -x "$1/bin/java" ] && [ -r "$1/release" ] || return 1
  while IFS= read -r assent_line || [ -n "$assent_line" ]; do
    case $assent_line in
      'JAVA_VERSION="25"'* | 'JAVA_VERSION="25.'* | 'JAVA_VERSION="25-'* | 'JAVA_VERSION="25+'*) return 0 ;;
    esac
  done < "$1/release"
  return 1
}

# Prints the home of the `java` on PATH, links followed.
assent_java_on_path() {
  assent_found=$(command -v java) || return 1
  assent_found=$(readlink -f "$assent_found" 2>/dev/null) || return 1
  printf '%s\n' "${assent_found%/bin/java}"
}

# Sets java_home.
assent_find_java() {
  if [ -n "${ASSENT_JAVA_HOME:-}" ]; then
    assent_is_java_25 "$ASSENT_JAVA_HOME" ||
      assent_fail "ASSENT_JAVA_HOME is '$ASSENT_JAVA_HOME', which is no Java 25. Set it to the folder of a JDK 25, or unset it."
    java_home=$ASSENT_JAVA_HOME
    return
  fi
  for java_home in "${JAVA_HOME:-}" "$(assent_java_on_path)" \
    /usr/lib/jvm/*25* /opt/*25* /opt/java/*25* \
    "${HOME:-/nonexistent}"/.sdkman/candidates/java/25* "${HOME:-/nonexistent}"/.jdks/*25*; do
    if assent_is_java_25 "$java_home"; then
      return
    fi
  done
  if [ -x /usr/libexec/java_home ]; then
    java_home=$(/usr/libexec/java_home -v 25 2>/dev/null) && assent_is_java_25 "$java_home" && return
  fi
  assent_fail "no Java 25 was found: not in JAVA_HOME (${JAVA_HOME:-not set}), not as java on PATH, not in the usual folders.
Install a JDK 25 (such as the package openjdk-25-jdk or temurin-25-jdk, or from https://adoptium.net), or set
ASSENT_JAVA_HOME to the folder of one."
}

# Whether module $1 is packaged, all jars that it needs are there, and no source is newer.
assent_is_built() {
  assent_list=$assent_root/$1/target/classpath
  [ -r "$assent_list" ] || return 1
  assent_jar=
  for assent_jar in "$assent_root/$1/target/$1"-*.jar; do
    [ -e "$assent_jar" ] || return 1
  done
  IFS= read -r assent_path < "$assent_list" || [ -n "$assent_path" ] || return 1
  assent_ifs=$IFS
  IFS=:
  set -f
  for assent_one in $assent_path; do
    if [ ! -e "$assent_one" ]; then
      IFS=$assent_ifs
      set +f
      return 1
    fi
  done
  IFS=$assent_ifs
  set +f
  [ -z "$(find "$assent_root/pom.xml" "$assent_root"/protocol/pom.xml "$assent_root"/client-sim/pom.xml \
    "$assent_root"/server/pom.xml "$assent_root"/protocol/src/main "$assent_root"/client-sim/src/main \
    "$assent_root"/server/src/main "$assent_root/$1/pom.xml" "$assent_root/$1/src/main" \
    -newer "$assent_list" -print 2>/dev/null | head -n 1)" ]
}

assent_all_built() {
  for assent_module in "$@"; do
    assent_is_built "$assent_module" || return 1
  done
}

# Builds modules $@. One launcher builds, the others wait for it and then look again.
assent_build() {
  assent_all_built "$@" && return
  assent_lock=$assent_root/target/launch.lock
  mkdir -p "$assent_root/target" || assent_fail "cannot write to $assent_root/target. Change its owner, or copy the project."
  until mkdir "$assent_lock" 2>/dev/null; do
    assent_owner=$(cat "$assent_lock/pid" 2>/dev/null) || assent_owner=
    if [ -n "$assent_owner" ] && ! kill -0 "$assent_owner" 2>/dev/null; then
      rm -rf "$assent_lock" # its builder is gone
    else
      sleep 1
    fi
  done
  echo $$ > "$assent_lock/pid"
  trap 'rm -rf "$assent_lock"' EXIT
  trap 'exit 130' INT
  trap 'exit 143' TERM
  assent_all_built "$@" || assent_run_maven "$@"
  trap - EXIT INT TERM
  rm -rf "$assent_lock"
}

assent_run_maven() {
  [ -x "$java_home/bin/javac" ] ||
    assent_fail "$java_home has no compiler, and Assent must be built first. Set ASSENT_JAVA_HOME to the folder of a JDK 25."
  command -v mvn > /dev/null ||
    assent_fail "Assent must be built first, and there is no Maven on PATH. Install Maven 3.8.7 or newer (such as the package maven)."
  echo "Building Assent (the first time, about a minute)…" >&2
  assent_log=$assent_root/target/launch-build.log
  : > "$assent_root/target/launch-build.started"
  assent_modules=$(IFS=,; echo "$*")
  # Tests are not compiled and the formatter is not asked: this is a start, not a review.
  if ! (cd "$assent_root" && JAVA_HOME=$java_home mvn -B -ntp -Dmaven.test.skip=true -Dspotless.check.skip=true \
    -pl "$assent_modules" -am package) > "$assent_log" 2>&1 < /dev/null; then
    grep '^\[ERROR\]' "$assent_log" | head -n 20 >&2
    assent_fail "the build failed; all of its output is in $assent_log."
  fi
  for assent_module in "$@"; do
    # A source that was saved while the build ran is newer than what was built.
    touch -r "$assent_root/target/launch-build.started" "$assent_root/$assent_module/target/classpath"
  done
}

# assent_start MODULE MAIN-CLASS HEAP-FLAGS ARGUMENTS…: replaces this shell by Java.
assent_start() {
  assent_module=$1 assent_main=$2 assent_heap=$3
  shift 3
  IFS= read -r assent_path < "$assent_root/$assent_module/target/classpath" || [ -n "$assent_path" ]
  for assent_jar in "$assent_root/$assent_module/target/$assent_module"-*.jar; do
    case $assent_jar in
      *-sources.jar | *-tests.jar | *-javadoc.jar) ;;
      *) assent_path=$assent_jar:$assent_path ;;
    esac
  done
  # Netty follows one buffer in 128 to find leaks, which tests do for all of them; here it would be 1 % of the work.
  # JAVA_OPTS and the heap flags are lists of words.
  # shellcheck disable=SC2086
  exec "$java_home/bin/java" -XX:+UseCompactObjectHeaders --enable-native-access=ALL-UNNAMED \
    --sun-misc-unsafe-memory-access=allow -XX:-CreateCoredumpOnCrash -XX:+ExitOnOutOfMemoryError \
    -Dio.netty.leakDetection.level=disabled $assent_heap ${JAVA_OPTS:-} -Dassent.home="$assent_root" -cp "$assent_path" "$assent_main" "$@"
}

# assent_start_inside MAIN-CLASS HEAP-FLAGS ARGUMENTS…: replaces this shell by a program of the load test that looks into
# the gateway. It is compiled with what it needs from among the tests, since nothing of it is shipped.
assent_start_inside() {
  assent_main=$1 assent_heap=$2
  shift 2
  [ -x "$java_home/bin/javac" ] || assent_fail "$java_home has no compiler. Set ASSENT_JAVA_HOME to the folder of a JDK 25."
  IFS= read -r assent_path < "$assent_root/loadtest/target/benchmark-classpath" || [ -n "$assent_path" ] ||
    assent_fail "loadtest/target/benchmark-classpath is missing. Delete loadtest/target, and start this again."
  assent_path=$assent_root/loadtest/target/classes:$assent_path
  assent_classes=$assent_root/loadtest/target/inside
  assent_sources=$assent_root/loadtest/src/test/java
  assent_file=$(printf '%s' "$assent_main" | tr . /)
  if [ ! -e "$assent_classes/$assent_file.class" ] || [ -n "$(find "$assent_sources" "$assent_root/loadtest/target/classpath" \
    -newer "$assent_classes/$assent_file.class" -print 2> /dev/null | head -n 1)" ]; then
    mkdir -p "$assent_classes" || exit 1
    "$java_home/bin/javac" -nowarn -proc:none --release 25 -cp "$assent_path" -sourcepath "$assent_sources" \
      -d "$assent_classes" "$assent_sources/$assent_file.java" || exit 1
  fi
  # shellcheck disable=SC2086
  exec "$java_home/bin/java" -XX:+UseCompactObjectHeaders --enable-native-access=ALL-UNNAMED \
    --sun-misc-unsafe-memory-access=allow -XX:+ExitOnOutOfMemoryError -Dio.netty.leakDetection.level=disabled \
    $assent_heap ${JAVA_OPTS:-} -cp "$assent_classes:$assent_path" "$assent_main" "$@"
}
