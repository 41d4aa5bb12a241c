package dev.argosy.agent.runtime.cri;

import dev.argosy.agent.grpc.MessageBuilder;
import dev.argosy.agent.runtime.spi.ContainerSpec.Privileges;
import dev.argosy.agent.runtime.spi.RuntimeFailure;
import dev.argosy.agent.runtime.spi.RuntimeFailure.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** {@code LinuxContainerSecurityContext}. */
final class CriPrivileges {

  private static final long UNCONFINED = 1;
  private static final long OF_MACHINE = 2;

  /** What the runtime hides and guards only if it is told to; what Docker hides and guards. */
  private static final List<String> MASKED =
      List.of(
          "/proc/asound",
          "/proc/acpi",
          "/proc/kcore",
          "/proc/keys",
          "/proc/latency_stats",
          "/proc/timer_list",
          "/proc/timer_stats",
          "/proc/sched_debug",
          "/proc/scsi",
          "/sys/firmware",
          "/sys/devices/virtual/powercap");

  private static final List<String> READ_ONLY =
      List.of("/proc/bus", "/proc/fs", "/proc/irq", "/proc/sys", "/proc/sysrq-trigger");

  private CriPrivileges() {}

  static MessageBuilder of(Privileges privileges, MessageBuilder namespaces) throws RuntimeFailure {
    MessageBuilder context =
        new MessageBuilder()
            .message(
                1,
                new MessageBuilder()
                    .texts(1, capabilities(privileges.addCapabilities()))
                    .texts(2, capabilities(privileges.dropCapabilities())))
            .flag(2, privileges.privileged())
            .message(3, namespaces)
            .flag(7, privileges.readOnlyRoot())
            .numbers(8, groups(privileges.groups()))
            .flag(11, privileges.noNewPrivileges());
    user(context, privileges.user());
    if (!privileges.privileged()) {
      context.texts(13, MASKED).texts(14, READ_ONLY);
    }
    if (!privileges.appArmor().isEmpty()) {
      boolean without = privileges.appArmor().equals("unconfined");
      context.message(16, profile(without, privileges.appArmor()));
    }
    boolean unconfined = privileges.privileged() || privileges.seccompUnconfined();
    return context.message(15, profile(unconfined, privileges.seccompFile()));
  }

  /** SecurityProfile: none, one of the machine's own, or the runtime's if that is not named. */
  private static MessageBuilder profile(boolean unconfined, String own) {
    if (unconfined) {
      return new MessageBuilder().number(1, UNCONFINED);
    }
    return own.isEmpty()
        ? new MessageBuilder()
        : new MessageBuilder().number(1, OF_MACHINE).text(2, own);
  }

  private static List<String> capabilities(List<String> names) {
    return names.stream()
        .map(name -> name.toUpperCase(Locale.ROOT).replaceFirst("^CAP_", ""))
        .toList();
  }

  private static List<Long> groups(List<String> groups) throws RuntimeFailure {
    List<Long> numbers = new ArrayList<>();
    for (String group : groups) {
      numbers.add(number(group));
    }
    return numbers;
  }

  /** A user by number or name; a group by number. */
  private static void user(MessageBuilder context, String user) throws RuntimeFailure {
    if (user.isEmpty()) {
      return;
    }
    int colon = user.indexOf(':');
    String name = colon < 0 ? user : user.substring(0, colon);
    if (name.matches("[0-9]+")) {
      context.wrapped(5, number(name));
    } else {
      context.text(6, name);
    }
    if (colon >= 0) {
      context.wrapped(12, number(user.substring(colon + 1)));
    }
  }

  private static long number(String id) throws RuntimeFailure {
    try {
      return Long.parseLong(id);
    } catch (NumberFormatException e) {
      throw new RuntimeFailure(
          Kind.REFUSED, "\"" + id + "\" is no number of a user or group, as this runtime needs it");
    }
  }
}
