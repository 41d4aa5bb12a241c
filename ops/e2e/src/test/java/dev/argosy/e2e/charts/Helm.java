package dev.argosy.e2e.charts;

import dev.argosy.e2e.Kubectl;
import dev.argosy.e2e.Program;
import dev.argosy.e2e.Space;
import dev.argosy.e2e.Target;
import dev.argosy.e2e.Tenant;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One Helm binary in one namespace of a tenant. */
record Helm(String major, Tenant tenant, String namespace) {

  private static final Duration LIMIT = Duration.ofMinutes(4);
  private static final Path CHARTS = Target.ROOT.resolve("ops/e2e/src/test/resources/charts");

  static String chart(String name) {
    return CHARTS.resolve(name).toString();
  }

  /** What the binary calls itself, such as {@code 3.17.3}. */
  static String version(String major) {
    return Program.run(
            List.of(binary(major), "version", "--template", "{{.Version}}"), Map.of(), "", LIMIT)
        .orFail()
        .strip()
        .substring(1);
  }

  String run(String... arguments) {
    return tryRun(arguments).orFail();
  }

  Program.Result tryRun(String... arguments) {
    List<String> command = new ArrayList<>(List.of(binary(major), "--namespace", namespace));
    command.addAll(List.of(arguments));
    return Program.run(command, Map.of("KUBECONFIG", tenant.kubeconfig().toString()), "", LIMIT);
  }

  /** The same namespace with kubectl. */
  Space space() {
    return new Space(Kubectl.of("1.35", tenant.kubeconfig()), namespace);
  }

  /** The option that takes a failed change back, which Helm 4 has renamed. */
  String takingBack() {
    return major.equals("3") ? "--atomic" : "--rollback-on-failure";
  }

  private static String binary(String major) {
    return Target.TOOLS.resolve("helm-" + major).toString();
  }
}
