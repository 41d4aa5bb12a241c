package dev.argosy.agent.network.dns;

import dev.argosy.agent.network.service.ServiceView;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/** The zone {@code cluster.local} as one tenant sees it; pure over the directory. */
public final class ClusterZone {

  static final Name DOMAIN = Name.fromConstantString("cluster.local.");

  private final ServiceDirectory directory;

  public ClusterZone(ServiceDirectory directory) {
    this.directory = directory;
  }

  /**
   * Answers one question.
   *
   * @param cluster the tenant that asks
   */
  ZoneAnswer answer(String cluster, Name name, int type) {
    if (!name.subdomain(DOMAIN)) {
      return new ZoneAnswer.Elsewhere();
    }
    List<String> labels = labels(name.relativize(DOMAIN));
    if (labels.isEmpty()) {
      return ZoneAnswer.NOTHING;
    }
    return switch (labels.getLast()) {
      case "svc" -> service(cluster, labels.subList(0, labels.size() - 1), name, type);
      case "pod" -> pod(labels.subList(0, labels.size() - 1), name, type);
      default -> new ZoneAnswer.NoSuchName();
    };
  }

  /** Of {@code …name.namespace}, in that order. */
  private ZoneAnswer service(String cluster, List<String> labels, Name name, int type) {
    if (labels.size() < 2) {
      return ZoneAnswer.NOTHING; // the parents of services exist, empty
    }
    String namespace = labels.getLast();
    String serviceName = labels.get(labels.size() - 2);
    Optional<ServiceView> found = directory.service(cluster, namespace, serviceName);
    if (found.isEmpty()) {
      return new ZoneAnswer.NoSuchName();
    }
    ServiceView service = found.get();
    List<String> before = labels.subList(0, labels.size() - 2);
    if (!service.externalName().isEmpty()) {
      return before.isEmpty() ? alias(service.externalName()) : new ZoneAnswer.NoSuchName();
    }
    ServiceRecords records =
        new ServiceRecords(service, directory.slices(cluster, namespace, serviceName));
    return switch (before.size()) {
      case 0 -> records.ofService(name, type);
      case 1 ->
          before.getFirst().startsWith("_")
              ? ZoneAnswer.NOTHING
              : records.ofEndpoint(before.getFirst(), name, type);
      case 2 -> records.ofPort(before.get(0), before.get(1), name, type);
      default -> new ZoneAnswer.NoSuchName();
    };
  }

  private static ZoneAnswer alias(String target) {
    return ServiceRecords.absolute(target)
        .<ZoneAnswer>map(ZoneAnswer.Alias::new)
        .orElseGet(ZoneAnswer.NoSuchName::new);
  }

  /** {@code a-b-c-d.namespace.pod} is the address that it spells. */
  private static ZoneAnswer pod(List<String> labels, Name name, int type) {
    if (labels.size() < 2) {
      return ZoneAnswer.NOTHING;
    }
    Optional<Record> record =
        labels.size() == 2
            ? ServiceRecords.address(name, labels.getFirst().replace('-', '.'))
            : Optional.empty();
    if (record.isEmpty()) {
      return new ZoneAnswer.NoSuchName();
    }
    return type == Type.A || type == Type.ANY
        ? ZoneAnswer.of(List.of(record.get()))
        : ZoneAnswer.NOTHING;
  }

  private static List<String> labels(Name relative) {
    List<String> labels = new ArrayList<>();
    for (int i = 0; i < relative.labels(); i++) {
      String label = relative.getLabelString(i).toLowerCase(Locale.ROOT);
      if (!label.isEmpty() && !label.equals("@")) {
        labels.add(label);
      }
    }
    return labels;
  }
}
