package dev.argosy.agent.network.dns;

import dev.argosy.agent.network.service.ServiceView;
import dev.argosy.agent.network.service.SliceView;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.Address;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.SRVRecord;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/** The records of one service. */
record ServiceRecords(ServiceView service, List<SliceView> slices) {

  /** Seconds; short, since endpoints come and go. */
  static final int TTL = 5;

  ZoneAnswer ofService(Name name, int type) {
    if (!wantsAddress(type)) {
      return type == Type.SRV ? ofAllPorts(name) : ZoneAnswer.NOTHING;
    }
    Set<Record> records = new LinkedHashSet<>();
    if (service.headless()) {
      endpoints().forEach(e -> address(name, e.address()).ifPresent(records::add));
    } else {
      address(name, service.clusterIp()).ifPresent(records::add);
    }
    return ZoneAnswer.of(List.copyOf(records));
  }

  /** A pod of a headless service, by its hostname or its address with dashes. */
  ZoneAnswer ofEndpoint(String hostname, Name name, int type) {
    Set<Record> records = new LinkedHashSet<>();
    if (service.headless()) {
      for (SliceView.Endpoint endpoint : endpoints()) {
        if (nameOf(endpoint).equals(hostname)) {
          address(name, endpoint.address()).ifPresent(records::add);
        }
      }
    }
    if (records.isEmpty()) {
      return new ZoneAnswer.NoSuchName();
    }
    return wantsAddress(type) ? ZoneAnswer.of(List.copyOf(records)) : ZoneAnswer.NOTHING;
  }

  /** {@code _port._protocol} before the service's name. */
  ZoneAnswer ofPort(String port, String protocol, Name name, int type) {
    List<Record> answers = new ArrayList<>();
    List<Record> additional = new ArrayList<>();
    if (port.startsWith("_") && protocol.startsWith("_")) {
      Name parent = new Name(name, 2);
      addPort(
          port.substring(1), protocol.substring(1), new Place(name, parent), answers, additional);
    }
    if (answers.isEmpty()) {
      return new ZoneAnswer.NoSuchName();
    }
    return type == Type.SRV || type == Type.ANY
        ? new ZoneAnswer.Records(answers, additional)
        : ZoneAnswer.NOTHING;
  }

  private ZoneAnswer ofAllPorts(Name name) {
    List<Record> answers = new ArrayList<>();
    List<Record> additional = new ArrayList<>();
    for (ServiceView.Port port : service.ports()) {
      addPort(port.name(), port.protocol(), new Place(name, name), answers, additional);
    }
    return new ZoneAnswer.Records(answers, additional);
  }

  /**
   * Names of an answer.
   *
   * @param owner what was asked for
   * @param service the service's own name
   */
  private record Place(Name owner, Name service) {}

  private void addPort(
      String port, String protocol, Place place, List<Record> answers, List<Record> additional) {
    if (service.headless()) {
      for (SliceView slice : slices) {
        slice.ports().stream()
            .filter(p -> p.name().equals(port) && p.protocol().equals(protocol))
            .forEach(p -> addEndpoints(slice, p.port(), place, answers, additional));
      }
      return;
    }
    for (ServiceView.Port own : service.ports()) {
      if (own.name().equals(port) && own.protocol().equals(protocol)) {
        answers.add(srv(place.owner(), own.port(), place.service()));
        address(place.service(), service.clusterIp()).ifPresent(additional::add);
      }
    }
  }

  private void addEndpoints(
      SliceView slice, int port, Place place, List<Record> answers, List<Record> additional) {
    for (SliceView.Endpoint endpoint : slice.endpoints()) {
      Optional<Name> target = absolute(nameOf(endpoint) + "." + place.service());
      if (counts(endpoint) && target.isPresent()) {
        answers.add(srv(place.owner(), port, target.get()));
        address(target.get(), endpoint.address()).ifPresent(additional::add);
      }
    }
  }

  private List<SliceView.Endpoint> endpoints() {
    return slices.stream().flatMap(s -> s.endpoints().stream()).filter(this::counts).toList();
  }

  private boolean counts(SliceView.Endpoint endpoint) {
    return endpoint.ready() || service.publishNotReady();
  }

  private static String nameOf(SliceView.Endpoint endpoint) {
    return endpoint.hostname().isEmpty()
        ? endpoint.address().replace('.', '-')
        : endpoint.hostname();
  }

  private static boolean wantsAddress(int type) {
    return type == Type.A || type == Type.ANY;
  }

  private static Record srv(Name owner, int port, Name target) {
    return new SRVRecord(owner, DClass.IN, TTL, 0, 100, port, target);
  }

  static Optional<Record> address(Name name, String dotted) {
    byte[] bytes = Address.toByteArray(dotted, Address.IPv4);
    if (bytes == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(new ARecord(name, DClass.IN, TTL, InetAddress.getByAddress(bytes)));
    } catch (UnknownHostException e) {
      return Optional.empty();
    }
  }

  static Optional<Name> absolute(String text) {
    try {
      return Optional.of(Name.fromString(text, Name.root));
    } catch (TextParseException e) {
      return Optional.empty();
    }
  }
}
