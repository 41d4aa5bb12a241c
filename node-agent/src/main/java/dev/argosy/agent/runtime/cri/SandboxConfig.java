package dev.argosy.agent.runtime.cri;

import dev.argosy.agent.grpc.Message;
import dev.argosy.agent.grpc.MessageBuilder;
import dev.argosy.agent.runtime.spi.SandboxSpec;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;

/**
 * A sandbox's {@code PodSandboxConfig}. The interface asks for it again with each container, so the
 * bytes are kept in an annotation of the sandbox.
 */
record SandboxConfig(byte[] bytes) {

  static final String ANNOTATION = "argosy.dev/config";

  private static final long NODE = 2;
  private static final long POD = 0;
  private static final long CONTAINER = 1;

  /** The processes of one container alone; those of a sandbox; those of another container. */
  record Processes(long mode, String target) {
    static final Processes OWN = new Processes(CONTAINER, "");
    static final Processes OF_SANDBOX = new Processes(POD, "");

    static Processes of(String container) {
      return new Processes(3, container);
    }
  }

  static SandboxConfig of(SandboxSpec spec, CriMarks marks, Path logs) {
    MessageBuilder config =
        new MessageBuilder()
            .message(1, metadata(spec, marks))
            .text(2, spec.hostNetwork() ? "" : spec.hostname())
            .text(3, logs.toString())
            .map(6, marks.with(spec.labels()))
            .message(8, linux(spec));
    return new SandboxConfig(config.bytes());
  }

  static SandboxConfig ofAnnotations(Map<String, String> annotations) {
    return new SandboxConfig(Base64.getDecoder().decode(annotations.getOrDefault(ANNOTATION, "")));
  }

  /** PodSandboxMetadata; the runtime refuses a name, uid, namespace and attempt used before. */
  private static MessageBuilder metadata(SandboxSpec spec, CriMarks marks) {
    return new MessageBuilder().text(1, spec.name()).text(2, spec.name()).text(3, marks.agent());
  }

  private static MessageBuilder linux(SandboxSpec spec) {
    MessageBuilder security =
        new MessageBuilder()
            .message(
                1,
                // without shared processes CRI-O would leave out the waiting one
                namespaces(
                    spec.hostNetwork(), spec.hostPid(), spec.hostIpc(), Processes.OF_SANDBOX))
            .message(9, new MessageBuilder()); // the runtime's own system-call filter
    return new MessageBuilder()
        .text(1, spec.cgroupParent())
        .message(2, security)
        .map(3, spec.sysctls());
  }

  /** NamespaceOption. */
  private static MessageBuilder namespaces(
      boolean hostNetwork, boolean hostPid, boolean hostIpc, Processes processes) {
    return new MessageBuilder()
        .number(1, hostNetwork ? NODE : POD)
        .number(2, hostPid ? NODE : processes.mode())
        .number(3, hostIpc ? NODE : POD)
        .text(4, hostPid ? "" : processes.target());
  }

  /** NamespaceOption of a container in this sandbox. */
  MessageBuilder namespacesOf(Processes processes) {
    Message options = Message.of(bytes).message(8).message(2).message(1);
    return namespaces(
        options.number(1) == NODE, options.number(2) == NODE, options.number(3) == NODE, processes);
  }

  /** With itself as an annotation. */
  MessageBuilder annotated() {
    MessageBuilder whole = new MessageBuilder();
    whole.map(7, Map.of(ANNOTATION, Base64.getEncoder().encodeToString(bytes)));
    return new MessageBuilder().raw(bytes).raw(whole.bytes());
  }

  MessageBuilder message() {
    return new MessageBuilder().raw(bytes);
  }
}
