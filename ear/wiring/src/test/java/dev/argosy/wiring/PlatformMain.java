package dev.argosy.wiring;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A whole server as a program: arguments are settings as {@code KEY=VALUE}. Names nothing that any
 * version of the server lacks, so that it also runs as a source file on the class path of another.
 */
final class PlatformMain {

  /** Printed before the address, once it serves. */
  static final String READY = "listening on ";

  private PlatformMain() {}

  /** Serves until nobody holds the other end of its input any more. */
  public static void main(String[] arguments) throws Exception {
    Map<String, String> settings = new LinkedHashMap<>();
    for (String argument : arguments) {
      String[] parts = argument.split("=", 2);
      settings.put(parts[0], parts[1]);
    }
    Platform platform = Platform.start(PlatformConfig.of(settings));
    System.out.println(READY + platform.apiUri());
    while (System.in.read() >= 0) {
      continue;
    }
    Runtime.getRuntime().halt(0);
  }
}
