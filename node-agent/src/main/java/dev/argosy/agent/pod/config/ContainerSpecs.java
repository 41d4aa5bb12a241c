package dev.argosy.agent.pod.config;

import dev.argosy.agent.pod.plan.Observed;
import dev.argosy.agent.pod.resize.PodSizes;
import dev.argosy.agent.pod.running.PodLabels;
import dev.argosy.agent.pod.view.ContainerView;
import dev.argosy.agent.pod.view.PodView;
import dev.argosy.agent.runtime.spi.ContainerSpec;
import dev.argosy.agent.runtime.spi.ContainerSpec.Extras.Device;
import dev.argosy.agent.runtime.spi.ContainerSpec.Limits;
import dev.argosy.agent.runtime.spi.ContainerSpec.Mount;
import dev.argosy.agent.runtime.spi.ContainerSpec.Terminal;
import dev.argosy.agent.runtime.spi.ImageStore.Image;
import dev.argosy.agent.runtime.spi.Sandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Turns a container of a pod into what the engine is asked for. */
public final class ContainerSpecs {

  private static final String DEFAULT_TERMINATION_LOG = "/dev/termination-log";

  private final ConfigSource source;
  private final PodFolder folder;
  private final FieldValues fields;
  private final VolumeMounts volumes;

  public ContainerSpecs(
      ConfigSource source, PodFolder folder, FieldValues fields, VolumeMounts volumes) {
    this.source = source;
    this.folder = folder;
    this.fields = fields;
    this.volumes = volumes;
  }

  /** The name on the engine: telling, and unique by the pod's uid. */
  public static String engineName(PodView pod, String container, int attempt) {
    return String.join(
        "_",
        "argosy",
        container,
        pod.key().name(),
        pod.key().namespace(),
        pod.uid(),
        Integer.toString(attempt));
  }

  /** What a container gets by its {@code resources}. */
  public static Limits limits(ContainerView container) {
    return ContainerRights.limits(container);
  }

  /** Everything about one attempt; reads config maps and secrets, and writes files. */
  public ContainerSpec of(
      ContainerView container, int attempt, int step, Image image, Sandbox sandbox)
      throws ConfigFailure {
    PodView pod = fields.pod();
    Map<String, String> env = environment(container);
    Map<String, String> labels =
        new LinkedHashMap<>(PodLabels.ofContainer(pod.key(), pod.uid(), container.name(), attempt));
    labels.put(Observed.SANDBOX, sandbox.id());
    labels.put(Observed.STEP, Integer.toString(step));
    JsonNode tree = container.tree();
    if (!container.ephemeral()) {
      labels.put(PodSizes.LABEL, container.resources().toString());
    }
    return new ContainerSpec(
        engineName(pod, container.name(), attempt),
        labels,
        image.id(),
        expanded(tree.path("command"), env),
        expanded(tree.path("args"), env),
        Environment.lines(env),
        tree.path("workingDir").asString(""),
        mounts(container, attempt, env),
        ContainerRights.limits(container),
        ContainerRights.privileges(
            pod, container, image, Confinement.of(pod, container, folder.seccompProfiles())),
        new Terminal(
            tree.path("stdin").asBoolean(false),
            tree.path("stdinOnce").asBoolean(false),
            tree.path("tty").asBoolean(false)),
        processes(pod.spec()),
        tree.path("lifecycle").path("stopSignal").asString(""),
        "",
        new ContainerSpec.Extras(devices(container), Map.of(), List.of()));
  }

  private List<Device> devices(ContainerView container) throws ConfigFailure {
    List<Device> devices = new ArrayList<>();
    try {
      for (JsonNode device : container.tree().path("volumeDevices")) {
        devices.add(volumes.device(device));
      }
    } catch (IOException e) {
      throw new ConfigFailure("cannot prepare devices: " + e.getMessage());
    }
    return devices;
  }

  /** A container that begins again while the server is away gets what it had. */
  private Map<String, String> environment(ContainerView container) throws ConfigFailure {
    try {
      EnvFiles files = new EnvFiles(fields.pod(), folder);
      Map<String, String> env =
          Environment.of(source, fields, container, files, platformVariables());
      source.remember(container.name(), env);
      return env;
    } catch (ServerAway e) {
      return source.remembered(container.name()).orElseThrow(() -> e);
    }
  }

  private static ContainerSpec.Processes processes(JsonNode spec) {
    boolean shared =
        spec.path("shareProcessNamespace").asBoolean(false)
            || spec.path("hostPID").asBoolean(false);
    return shared ? new ContainerSpec.Processes.OfSandbox() : new ContainerSpec.Processes.Own();
  }

  private Map<String, String> platformVariables() throws ConfigFailure {
    PodView pod = fields.pod();
    ServiceVariables services = new ServiceVariables();
    if (pod.spec().path("enableServiceLinks").asBoolean(true)) {
      source.services(pod.key()).forEach(services::add);
    }
    services.addKubernetes("10.96.0.1");
    Map<String, String> first = services.all();
    first.put(
        "HOSTNAME",
        pod.hostNetwork() ? pod.spec().path("nodeName").asString("") : Hostname.inKernel(pod));
    return first;
  }

  private static List<String> expanded(JsonNode words, Map<String, String> env) {
    return words.valueStream().map(w -> Expansion.expand(w.asString(""), env)).toList();
  }

  private List<Mount> mounts(ContainerView container, int attempt, Map<String, String> env)
      throws ConfigFailure {
    List<Mount> mounts = new ArrayList<>();
    try {
      EtcFiles.write(folder, fields.pod(), fields.podIp());
      for (JsonNode mount : container.tree().path("volumeMounts")) {
        mounts.add(mount(container, mount, env));
      }
      addUnlessMounted(mounts, "/etc/resolv.conf", folder.etc("resolv.conf"));
      addUnlessMounted(mounts, "/etc/hosts", folder.etc("hosts"));
      addUnlessMounted(mounts, terminationPath(container), terminationFile(container, attempt));
    } catch (IOException e) {
      throw new ConfigFailure("cannot prepare files: " + e.getMessage());
    }
    return mounts;
  }

  private static void addUnlessMounted(List<Mount> mounts, String target, Path source) {
    if (mounts.stream().noneMatch(m -> m.containerPath().equals(target))) {
      mounts.add(new Mount(source.toString(), target, false));
    }
  }

  private static String terminationPath(ContainerView container) {
    String path = container.tree().path("terminationMessagePath").asString("");
    return path.isEmpty() ? DEFAULT_TERMINATION_LOG : path;
  }

  private Path terminationFile(ContainerView container, int attempt) throws IOException {
    Path file = folder.terminationLog(container.name(), attempt);
    Files.createDirectories(file.getParent());
    if (!Files.exists(file)) {
      Files.createFile(file);
    }
    FileModes.permit(file, 0666);
    return file;
  }

  private Mount mount(ContainerView container, JsonNode mount, Map<String, String> env)
      throws ConfigFailure, IOException {
    String plain = mount.path("subPath").asString("");
    String subPath =
        plain.isEmpty() ? expandedPath(mount.path("subPathExpr").asString(""), env) : plain;
    return volumes.of(container.name(), mount, subPath);
  }

  /** Unlike a command, a path must not keep what is no known variable. */
  private static String expandedPath(String expression, Map<String, String> env)
      throws ConfigFailure {
    List<String> missing = new ArrayList<>();
    String path =
        Expansion.expand(
            expression,
            name -> {
              String value = env.get(name);
              if (value == null) {
                missing.add(name);
              }
              return value;
            });
    if (!missing.isEmpty()) {
      throw new ConfigFailure("missing value for \"" + expression + "\"");
    }
    return path;
  }
}
