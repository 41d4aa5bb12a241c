package dev.argosy.e2e.matrix;

import dev.argosy.e2e.Program;
import dev.argosy.e2e.Target;
import dev.argosy.e2e.Tenant;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Operations in another language: a program that is called with an operation's name.
 *
 * @param command starts the program
 */
record Script(String client, String version, List<String> command) {

  private static final Duration LIMIT = Duration.ofMinutes(2);

  static Script javascript() {
    return new Script(
        "JavaScript",
        version(Target.TOOLS.resolve("node/.version")),
        List.of("node", program("js/operations.mjs")));
  }

  /** The client of Debian, which only Debian's own Python finds. */
  static Script python() {
    return Python.SCRIPT;
  }

  private static final class Python {
    static final String INTERPRETER = "/usr/bin/python3";
    static final Script SCRIPT =
        new Script("Python", version(), List.of(INTERPRETER, program("python/operations.py")));

    private static String version() {
      String tell = "import kubernetes; print(kubernetes.__version__)";
      return Program.run(List.of(INTERPRETER, "-c", tell), Map.of(), "", LIMIT).orFail().strip();
    }
  }

  private static String program(String file) {
    return Target.ROOT.resolve("ops/e2e/src/test").resolve(file).toString();
  }

  void run(String operation, Tenant tenant, String namespace) {
    List<String> whole = new java.util.ArrayList<>(command);
    whole.add(operation);
    Program.run(
            whole,
            Map.of(
                "KUBECONFIG", tenant.kubeconfig().toString(),
                "NAMESPACE", namespace,
                "TOOLS", Target.TOOLS.toString()),
            "",
            LIMIT)
        .orFail();
  }

  private static String version(Path file) {
    try {
      String name = Files.readString(file).strip();
      return name.substring(name.lastIndexOf('@') + 1);
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
