package dev.argosy.agent.runtime.cri;

import dev.argosy.agent.grpc.MessageBuilder;
import dev.argosy.agent.runtime.spi.ContainerSpec;
import dev.argosy.agent.runtime.spi.ContainerSpec.Mount;
import dev.argosy.agent.runtime.spi.RuntimeFailure;
import java.util.HashMap;
import java.util.Map;

/** A container's {@code ContainerConfig}. */
final class ContainerConfig {

  /** The image as the agent named it; the runtime answers with a name of its own choice. */
  static final String IMAGE = "argosy.dev/image";

  static final String IMAGE_ID = "argosy.dev/image-id";

  /** Whether it has a terminal, which the interface does not tell. */
  static final String TTY = "argosy.dev/tty";

  private static final String CDI = "cdi.k8s.io/argosy_devices";

  private ContainerConfig() {}

  static MessageBuilder of(
      ContainerSpec spec, SandboxConfig sandbox, CriMarks marks, String imageId, String log)
      throws RuntimeFailure {
    MessageBuilder config =
        new MessageBuilder()
            .message(1, new MessageBuilder().text(1, spec.name()))
            .message(2, new MessageBuilder().text(1, spec.image()))
            .texts(3, spec.command())
            .texts(4, spec.args())
            .text(5, spec.workingDir());
    for (String variable : spec.env()) {
      int equals = variable.indexOf('=');
      String name = equals < 0 ? variable : variable.substring(0, equals);
      String value = equals < 0 ? "" : variable.substring(equals + 1);
      config.message(6, new MessageBuilder().text(1, name).text(2, value));
    }
    for (Mount mount : spec.mounts()) {
      config.message(
          7,
          new MessageBuilder()
              .text(1, mount.containerPath())
              .text(2, mount.hostPath())
              .flag(3, mount.readOnly())
              .number(5, propagation(mount.propagation())));
    }
    for (ContainerSpec.Extras.Device device : spec.extras().devices()) {
      config.message(
          8,
          new MessageBuilder()
              .text(1, device.containerPath())
              .text(2, device.hostPath())
              .text(3, device.permissions()));
    }
    spec.extras().cdi().forEach(name -> config.message(17, new MessageBuilder().text(1, name)));
    return config
        .map(9, marks.with(spec.labels()))
        .map(10, annotations(spec, imageId))
        .text(11, log)
        .flag(12, spec.terminal().stdin())
        .flag(13, spec.terminal().stdinOnce())
        .flag(14, spec.terminal().tty())
        .message(15, linux(spec, sandbox))
        .number(18, CriSignals.number(spec.stopSignal()));
  }

  /** CDI devices are named here too, for runtimes that do not know the field yet. */
  private static Map<String, String> annotations(ContainerSpec spec, String imageId) {
    Map<String, String> all = new HashMap<>(spec.extras().annotations());
    if (!spec.extras().cdi().isEmpty()) {
      all.put(CDI, String.join(",", spec.extras().cdi()));
    }
    all.put(IMAGE, spec.image());
    all.put(IMAGE_ID, imageId);
    all.put(TTY, Boolean.toString(spec.terminal().tty()));
    return all;
  }

  private static long propagation(Mount.Propagation propagation) {
    return switch (propagation) {
      case NONE -> 0;
      case FROM_HOST -> 1;
      case BOTH -> 2;
    };
  }

  private static MessageBuilder linux(ContainerSpec spec, SandboxConfig sandbox)
      throws RuntimeFailure {
    SandboxConfig.Processes processes =
        switch (spec.processes()) {
          case ContainerSpec.Processes.Own _ -> SandboxConfig.Processes.OWN;
          case ContainerSpec.Processes.OfSandbox _ -> SandboxConfig.Processes.OF_SANDBOX;
          case ContainerSpec.Processes.OfContainer(String id) -> SandboxConfig.Processes.of(id);
        };
    return new MessageBuilder()
        .message(1, CriLimits.of(spec.limits(), spec.cpus(), spec.extras().memoryNodes()))
        .message(2, CriPrivileges.of(spec.privileges(), sandbox.namespacesOf(processes)));
  }
}
