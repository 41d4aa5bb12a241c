package dev.argosy.agent.device;

import dev.argosy.agent.device.Devices.Amount;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What plug-ins offer now. */
final class DeviceOffers implements PluginSession.Listener, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(DeviceOffers.class);

  private final Clock clock;
  private final Map<String, DeviceSource> sources = new TreeMap<>();
  private volatile Runnable changed = () -> {};

  /**
   * @param remembered resources whose plug-ins are expected back
   */
  DeviceOffers(Clock clock, Set<String> remembered) {
    this.clock = clock;
    Instant now = clock.instant();
    remembered.forEach(resource -> sources.put(resource, DeviceSource.remembered(now)));
  }

  void onChange(Runnable listener) {
    changed = listener;
  }

  synchronized DeviceSource source(String resource) {
    return sources.getOrDefault(resource, DeviceSource.remembered(clock.instant()));
  }

  /** Whether a plug-in offers it now. */
  boolean present(String resource) {
    DeviceSource source = source(resource);
    return source.session() != null && !source.devices().isEmpty();
  }

  synchronized Map<String, Amount> amounts() {
    Instant now = clock.instant();
    Map<String, Amount> amounts = new TreeMap<>();
    sources.forEach((resource, source) ->
        amounts.put(resource, new Amount(source.capacity(now), source.healthy().size())));
    return amounts;
  }

  synchronized Map<String, Set<String>> healthy() {
    Map<String, Set<String>> all = new TreeMap<>();
    sources.forEach((resource, source) -> {
      if (!source.healthy().isEmpty()) {
        all.put(resource, source.healthy());
      }
    });
    return all;
  }

  Map<Set<Integer>, Set<String>> places(String resource, Set<String> ids) {
    Map<Set<Integer>, Set<String>> places = new HashMap<>();
    Set<String> unknown = new TreeSet<>(ids);
    for (Device one : source(resource).devices()) {
      if (unknown.remove(one.id())) {
        places.computeIfAbsent(one.numaNodes(), nodes -> new TreeSet<>()).add(one.id());
      }
    }
    if (!unknown.isEmpty()) {
      places.computeIfAbsent(Set.of(), nodes -> new TreeSet<>()).addAll(unknown);
    }
    return places;
  }

  /** A plug-in has registered; one that offered the same is let go. */
  void register(String resource, Path socket, PluginOptions options) {
    PluginSession session = new PluginSession(resource, socket, options, this);
    PluginSession before;
    synchronized (this) {
      DeviceSource present = source(resource);
      before = present.session();
      sources.put(resource, present.with(session));
    }
    if (before != null) {
      before.close();
    }
    LOG.info("device plug-in of {} at {}", resource, socket.getFileName());
    session.start();
  }

  @Override
  public void devices(PluginSession session, List<Device> all) {
    change(session, source -> source.with(all));
  }

  @Override
  public void gone(PluginSession session) {
    change(session, source -> source.without(clock.instant()));
  }

  private void change(PluginSession session, UnaryOperator<DeviceSource> how) {
    synchronized (this) {
      DeviceSource present = source(session.resource());
      if (present.session() != session) {
        return; // another one has taken its place
      }
      sources.put(session.resource(), how.apply(present));
    }
    changed.run();
  }

  @Override
  public void close() {
    List<DeviceSource> all;
    synchronized (this) {
      all = List.copyOf(sources.values());
    }
    for (DeviceSource one : all) {
      PluginSession session = one.session();
      if (session != null) {
        session.close();
      }
    }
  }
}
