package dev.argosy.agent.runtime.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.model.BindOptions;
import com.github.dockerjava.api.model.BindPropagation;
import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.Mount;
import com.github.dockerjava.api.model.MountType;
import com.github.dockerjava.api.model.RestartPolicy;
import dev.argosy.agent.runtime.spi.ContainerSpec;
import dev.argosy.agent.runtime.spi.ContainerSpec.Privileges;
import dev.argosy.agent.runtime.spi.SandboxSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Our specs in Docker's words. */
final class DockerSpecs {

  private DockerSpecs() {}

  static CreateContainerCmd sandbox(DockerClient docker, SandboxSpec spec, DockerLabels labels) {
    HostConfig host =
        HostConfig.newHostConfig()
            .withNetworkMode(spec.hostNetwork() ? "host" : "none")
            .withIpcMode(spec.hostIpc() ? "host" : "shareable")
            .withRestartPolicy(RestartPolicy.noRestart());
    if (spec.hostPid()) {
      host.withPidMode("host");
    }
    if (!spec.sysctls().isEmpty()) {
      host.withSysctls(spec.sysctls());
    }
    if (!spec.cgroupParent().isEmpty()) {
      host.withCgroupParent(spec.cgroupParent());
    }
    CreateContainerCmd create =
        docker
            .createContainerCmd(spec.image())
            .withName(spec.name())
            .withLabels(labels.with(spec.labels(), DockerLabels.SANDBOX))
            .withEntrypoint(spec.command())
            .withHostConfig(host);
    return spec.hostNetwork() || spec.hostname().isEmpty()
        ? create
        : create.withHostName(spec.hostname());
  }

  static CreateContainerCmd container(
      DockerClient docker,
      String sandboxId,
      String group,
      ContainerSpec spec,
      DockerLabels labels) {
    CreateContainerCmd create =
        docker
            .createContainerCmd(spec.image())
            .withName(spec.name())
            .withLabels(labels.with(spec.labels(), DockerLabels.CONTAINER))
            .withEnv(spec.env())
            .withStdinOpen(spec.terminal().stdin())
            .withStdInOnce(spec.terminal().stdinOnce())
            .withTty(spec.terminal().tty())
            .withHostConfig(host(sandboxId, spec).withCgroupParent(group));
    if (!spec.command().isEmpty()) {
      create.withEntrypoint(spec.command());
    }
    if (!spec.args().isEmpty()) {
      create.withCmd(spec.args());
    }
    if (!spec.workingDir().isEmpty()) {
      create.withWorkingDir(spec.workingDir());
    }
    if (!spec.stopSignal().isEmpty()) {
      create.withStopSignal(spec.stopSignal());
    }
    if (!spec.privileges().user().isEmpty()) {
      create.withUser(spec.privileges().user());
    }
    return create;
  }

  private static HostConfig host(String sandboxId, ContainerSpec spec) {
    String sandbox = "container:" + sandboxId;
    HostConfig host =
        HostConfig.newHostConfig()
            .withNetworkMode(sandbox)
            .withIpcMode(sandbox)
            .withRestartPolicy(RestartPolicy.noRestart())
            .withMounts(spec.mounts().stream().map(DockerSpecs::mount).toList());
    switch (spec.processes()) {
      case ContainerSpec.Processes.Own _ -> {}
      case ContainerSpec.Processes.OfSandbox _ -> host.withPidMode(sandbox);
      case ContainerSpec.Processes.OfContainer(String id) -> host.withPidMode("container:" + id);
    }
    DockerLimits.set(host, spec.limits());
    if (!spec.cpus().isEmpty()) {
      host.withCpusetCpus(spec.cpus());
    }
    permit(host, spec.privileges());
    DockerDevices.give(host, spec.extras());
    return host;
  }

  /**
   * Without options the engine mounts as {@code rprivate}, but what its own folder lies in, such as
   * the whole machine, as {@code rslave}: there it refuses {@code rprivate}.
   */
  private static Mount mount(ContainerSpec.Mount mount) {
    Mount bound =
        new Mount()
            .withType(MountType.BIND)
            .withSource(mount.hostPath())
            .withTarget(mount.containerPath())
            .withReadOnly(mount.readOnly());
    return switch (mount.propagation()) {
      case NONE -> bound;
      case FROM_HOST -> bound.withBindOptions(options(BindPropagation.R_SLAVE));
      case BOTH -> bound.withBindOptions(options(BindPropagation.R_SHARED));
    };
  }

  private static BindOptions options(BindPropagation propagation) {
    return new BindOptions().withPropagation(propagation);
  }

  private static void permit(HostConfig host, Privileges privileges) {
    List<String> security = new ArrayList<>();
    if (privileges.seccompUnconfined()) {
      security.add("seccomp=unconfined");
    } else if (!privileges.seccompFile().isEmpty()) {
      security.add("seccomp=" + filter(privileges.seccompFile()));
    }
    if (!privileges.appArmor().isEmpty()) {
      security.add("apparmor=" + privileges.appArmor());
    }
    if (privileges.noNewPrivileges()) {
      security.add("no-new-privileges");
    }
    host.withPrivileged(privileges.privileged())
        .withReadonlyRootfs(privileges.readOnlyRoot())
        .withSecurityOpts(security)
        .withGroupAdd(privileges.groups())
        .withCapAdd(capabilities(privileges.addCapabilities()))
        .withCapDrop(capabilities(privileges.dropCapabilities()));
  }

  /** Docker wants the filter itself, not its place. */
  private static String filter(String file) {
    try {
      return Files.readString(Path.of(file));
    } catch (IOException e) {
      throw new DockerException("cannot load seccomp profile \"" + file + "\": " + e, 0);
    }
  }

  private static Capability[] capabilities(List<String> names) {
    return names.stream()
        .map(name -> name.toUpperCase(Locale.ROOT).replaceFirst("^CAP_", ""))
        .map(DockerSpecs::capability)
        .toArray(Capability[]::new);
  }

  private static Capability capability(String name) {
    return Arrays.stream(Capability.values())
        .filter(c -> c.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new DockerException("unknown capability: \"" + name + "\"", 0));
  }
}
