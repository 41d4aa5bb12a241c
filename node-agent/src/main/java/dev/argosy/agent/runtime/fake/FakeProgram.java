package dev.argosy.agent.runtime.fake;

import java.util.List;

/**
 * What a fake container does, read from its command line: {@code exit CODE}, {@code print OUT ERR
 * CODE}, {@code cat} (input to output until its end), {@code stubborn} (ends only when killed),
 * {@code oom}, {@code device PATH} (ends well if it has that device), {@code missing} (cannot be
 * started); anything else runs until it is stopped.
 */
sealed interface FakeProgram {

  /** Ends at once. */
  record Ends(String out, String err, int code, boolean oomKilled) implements FakeProgram {}

  record Copies() implements FakeProgram {}

  record Runs(boolean heedsTerm) implements FakeProgram {}

  record Missing(String program) implements FakeProgram {}

  static FakeProgram of(List<String> command, List<String> devices) {
    String name = command.isEmpty() ? "" : command.getFirst();
    return switch (name) {
      case "exit" -> new Ends("", "", Integer.parseInt(command.get(1)), false);
      case "print" ->
          new Ends(command.get(1), command.get(2), Integer.parseInt(command.get(3)), false);
      case "device" -> new Ends("", "", devices.contains(command.get(1)) ? 0 : 1, false);
      case "oom" -> new Ends("", "", 137, true);
      case "cat" -> new Copies();
      case "stubborn" -> new Runs(false);
      case "missing" -> new Missing("missing");
      default -> new Runs(true);
    };
  }
}
