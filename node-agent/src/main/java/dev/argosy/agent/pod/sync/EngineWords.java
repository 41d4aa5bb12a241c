package dev.argosy.agent.pod.sync;

import java.util.regex.Pattern;

/**
 * What an engine said, in words that are the same at each try: containers and sandboxes have
 * another id and process each time, and every message would be news.
 */
final class EngineWords {

  private static final Pattern ID = Pattern.compile("(?<!sha256:)\\b[0-9a-f]{64}\\b");
  private static final Pattern PROCESS = Pattern.compile("/proc/[0-9]+/");

  private EngineWords() {}

  /**
   * The same with a name in place of ids.
   *
   * @param kept an id that stays, such as that of a container's sandbox
   */
  static String of(String said, String name, String kept) {
    String named = ID.matcher(said).replaceAll(id -> id.group().equals(kept) ? id.group() : name);
    return PROCESS.matcher(named).replaceAll("/proc/PID/");
  }
}
