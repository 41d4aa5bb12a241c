package dev.argosy.bench.nodes;

import dev.argosy.model.quantity.Quantity;
import dev.argosy.model.quantity.QuantityFormatException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The command line.
 *
 * @param prefix of the nodes' names
 * @param zones in which they are, in turns; {@code zone-0} and so on
 * @param script for pods that say nothing themselves
 */
record Options(
    Path kubeconfig, int nodes, int zones, String prefix, String pool, Room room, Script script) {

  /** So many need more than one process. */
  static final int MOST = 15_000;

  /** What each node has for pods. */
  record Room(String cpu, String memory, int pods) {}

  static final String HELP =
      """
      Usage: ops/bench/nodes --kubeconfig FILE --nodes N [OPTION]...

      Registers N nodes at a platform and plays their agents: heartbeats, statuses of the pods that are bound
      to them, deletions. No container runs. Ends at Ctrl-C and takes its nodes away.

        --kubeconfig FILE       an administrator's of the platform: .argosy/kubeconfig/admin.yaml of ops/up
        --nodes N               1 to 15,000
        --zones Z               zones they are in, in turns (topology.kubernetes.io/zone)     1
        --cpu C                 what pods may take of a node                                  4
        --memory M                                                                            32Gi
        --pods P                                                                              110
        --pool NAME             the nodes' pool (argosy.dev/pool); tenants use only pools
                                that are granted to them                                      default
        --prefix TEXT           the nodes are TEXT-0, TEXT-1...                               simulated
        --start-after TIME      from binding to running, for example 500ms, 20s, 5m           0
        --ready-after TIME      from running to ready                                         0
        --stop-after TIME       from deletion to the end; at most the grace period            0
        --missing-image NAME    an image that cannot be pulled; may be given again

      A pod may have a script of its own, by annotations simulator.argosy.dev/NAME: start-after, ready-after
      (or never), stop-after, succeed-after, fail-after, exit-code, missing-images (with commas).

      Exit code: 0 ended by Ctrl-C, 2 bad options, 1 anything else.
      """;

  static Options of(String[] args) throws Refusal {
    Map<String, String> given = new HashMap<>();
    Set<String> missing = new HashSet<>();
    for (int i = 0; i < args.length; i += 2) {
      if (!HELP.contains("  " + args[i] + " ") || !args[i].startsWith("--")) {
        throw Refusal.ofUsage("what is " + args[i] + "?");
      }
      if (i + 1 == args.length) {
        throw Refusal.ofUsage(args[i] + " needs a value");
      }
      if (args[i].equals("--missing-image")) {
        missing.add(args[i + 1]);
      } else {
        given.put(args[i], args[i + 1]);
      }
    }
    Room room =
        new Room(
            quantity(given, "--cpu", "4"),
            quantity(given, "--memory", "32Gi"),
            number(given, "--pods", Optional.of(110), 1_000_000));
    Script script =
        new Script(
            time(given, "--start-after"),
            Optional.of(time(given, "--ready-after")),
            Optional.empty(),
            0,
            time(given, "--stop-after"),
            missing);
    String file = given.getOrDefault("--kubeconfig", "");
    if (file.isEmpty()) {
      throw Refusal.ofUsage("--kubeconfig is missing");
    }
    return new Options(
        Path.of(file),
        number(given, "--nodes", Optional.empty(), MOST),
        number(given, "--zones", Optional.of(1), MOST),
        name(given, "--prefix", "simulated"),
        name(given, "--pool", "default"),
        room,
        script);
  }

  private static int number(
      Map<String, String> given, String option, Optional<Integer> usual, int most) throws Refusal {
    String text = given.get(option);
    if (text == null) {
      return usual.orElseThrow(() -> Refusal.ofUsage(option + " is missing"));
    }
    int number = text.matches("\\d{1,8}") ? Integer.parseInt(text) : 0;
    if (number < 1 || number > most) {
      throw Refusal.ofUsage(option + " must be a number from 1 to " + most + ", not " + text);
    }
    return number;
  }

  private static String quantity(Map<String, String> given, String option, String usual)
      throws Refusal {
    String text = given.getOrDefault(option, usual);
    try {
      if (Quantity.parse(text).value() > 0) {
        return text;
      }
    } catch (QuantityFormatException e) {
      // told below
    }
    throw Refusal.ofUsage(
        option + " must be a positive quantity such as " + usual + ", not " + text);
  }

  private static Duration time(Map<String, String> given, String option) throws Refusal {
    String text = given.getOrDefault(option, "0");
    return Script.length(text)
        .orElseThrow(() ->
            Refusal.ofUsage(option + " must be a time such as 500ms, 20s or 5m, not " + text));
  }

  private static String name(Map<String, String> given, String option, String usual)
      throws Refusal {
    String text = given.getOrDefault(option, usual);
    if (!text.matches("[a-z0-9]([-a-z0-9]{0,50}[a-z0-9])?")) {
      throw Refusal.ofUsage(
          option + " must be of lower-case letters, digits and dashes, not " + text);
    }
    return text;
  }
}
