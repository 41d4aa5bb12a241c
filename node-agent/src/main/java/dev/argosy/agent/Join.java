package dev.argosy.agent;

import dev.argosy.agent.join.Authority;
import dev.argosy.agent.join.JoinFailure;
import dev.argosy.agent.join.NodeCredentials;
import dev.argosy.agent.join.Tls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;

/**
 * Makes a machine a node: gets the authority's certificate and the node's own, and keeps them with
 * what else the agent has to know, so that it begins without being told again. May be repeated: a
 * node whose certificate cannot be renewed any more joins again, and its pods and data stay.
 */
@Command(
    name = "join",
    mixinStandardHelpOptions = true,
    description = "Gets this machine its certificate, and keeps what the agent has to know.")
final class Join implements Callable<Integer> {

  @ParentCommand Main main = new Main();

  @Option(
      names = "--ca-hash",
      defaultValue = "${env:ARGOSY_CA_HASH:-}",
      description =
          "sha256: and the hash of the public key of the platform's authority, in place of --ca"
              + " (ARGOSY_CA_HASH)")
  String caHash = "";

  @Option(
      names = "--config",
      defaultValue = "/etc/argosy/agent.env",
      description = "file that the agent's unit reads; default: ${DEFAULT-VALUE}")
  Path config = Path.of("/etc/argosy/agent.env");

  @Override
  public Integer call() throws InterruptedException {
    main.server();
    if (main.token.isEmpty()) {
      throw new ParameterException(main.spec.commandLine(), "Missing: --token ID.SECRET");
    }
    if (!main.makeData()) {
      return Main.DATA_FAILED;
    }
    try {
      Path shown = authority();
      new NodeCredentials(
              main.server(), Tls.trusting(shown), main.pki(), main.nodeName(), Clock.systemUTC())
          .join(main.token);
      keep(settings(kept(shown)));
      System.out.println(
          "argosy-agent: this machine is node "
              + main.nodeName()
              + " from now on; it begins with: systemctl enable --now argosy-agent");
      return 0;
    } catch (JoinFailure e) {
      System.err.println("argosy-agent: " + e.getMessage());
      return Main.JOIN_FAILED;
    } catch (IOException | IllegalArgumentException e) {
      System.err.println("argosy-agent: " + e.getMessage());
      return CommandLine.ExitCode.USAGE;
    }
  }

  /** The file of the authority's certificate: the given one, else the one shown by the server. */
  private Path authority() throws JoinFailure, IOException {
    if (caHash.isEmpty()) {
      return main.ca().toAbsolutePath();
    }
    String pem = Authority.fetch(main.server(), caHash);
    Path file = Files.createDirectories(main.pki()).resolve("ca.crt.joining");
    write(file, pem);
    return file;
  }

  /** Takes the place of the authority of before, only now that the machine has joined. */
  private Path kept(Path shown) throws IOException {
    return caHash.isEmpty()
        ? shown
        : Files.move(
            shown,
            shown.resolveSibling("ca.crt"),
            StandardCopyOption.ATOMIC_MOVE,
            StandardCopyOption.REPLACE_EXISTING);
  }

  private Map<String, String> settings(Path ca) throws IOException {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("ARGOSY_SERVER", main.server().toString());
    settings.put("ARGOSY_CA", ca.toString());
    settings.put("ARGOSY_NODE", main.nodeName());
    settings.put("ARGOSY_NODE_IP", main.nodeIp);
    settings.put("ARGOSY_POOL", main.pool);
    settings.put("ARGOSY_DATA", main.data.toAbsolutePath().toString());
    settings.put("ARGOSY_DOCKER", main.docker);
    settings.values().removeIf(String::isEmpty);
    return settings;
  }

  private void keep(Map<String, String> settings) throws IOException {
    StringBuilder text =
        new StringBuilder("# What argosy-agent has to know; written by its join.\n");
    for (Map.Entry<String, String> setting : settings.entrySet()) {
      if (setting.getValue().matches(".*[\"\\\\\\p{Cntrl}].*")) {
        throw new IllegalArgumentException(
            setting.getKey() + " cannot be kept: it has quotes, backslashes or line breaks");
      }
      text.append(setting.getKey()).append("=\"").append(setting.getValue()).append("\"\n");
    }
    Files.createDirectories(config.toAbsolutePath().getParent());
    for (String line : Files.exists(config) ? Files.readAllLines(config) : List.<String>of()) {
      if (!line.startsWith("# What argosy-agent") && !settings.containsKey(line.split("=", 2)[0])) {
        text.append(line).append('\n'); // somebody's own
      }
    }
    write(config, text.toString());
  }

  private static void write(Path file, String text) throws IOException {
    Path next = file.resolveSibling(file.getFileName() + ".new");
    Files.writeString(next, text);
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
