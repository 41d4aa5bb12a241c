package dev.argosy.agent.csi;

import dev.argosy.agent.grpc.GrpcFailure;
import dev.argosy.agent.plugin.PluginHandler;
import dev.argosy.agent.plugin.PluginInfo;
import dev.argosy.agent.plugin.PluginRefusal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * The drivers that are registered now. Of two with one name the one that came last counts. Any
 * thread.
 */
public final class Drivers implements PluginHandler, AutoCloseable {

  private record Taken(PluginInfo plugin, Driver driver) {}

  private final Map<String, Taken> taken = new ConcurrentSkipListMap<>();
  private final Runnable changed;

  /**
   * None yet.
   *
   * @param changed called after one came or went; must not block
   */
  public Drivers(Runnable changed) {
    this.changed = changed;
  }

  @Override
  public void registered(PluginInfo plugin) throws PluginRefusal {
    check(plugin);
    try {
      Driver driver = Driver.connect(plugin.name(), plugin.endpoint());
      if (driver.facts().nodeId().isEmpty()) {
        driver.close();
        throw new PluginRefusal("the driver has no id for this node");
      }
      Taken before = taken.put(plugin.name(), new Taken(plugin, driver));
      if (before != null) {
        before.driver().close();
      }
      changed.run();
    } catch (GrpcFailure e) {
      throw new PluginRefusal(
          "the driver at %s does not answer: %s".formatted(plugin.endpoint(), e.getMessage()));
    }
  }

  private static void check(PluginInfo plugin) throws PluginRefusal {
    if (!plugin.name().matches("[A-Za-z0-9]([-A-Za-z0-9.]{0,61}[A-Za-z0-9])?")) {
      throw new PluginRefusal("the driver's name must be a domain name of at most 63 characters");
    }
    if (plugin.versions().stream().noneMatch(v -> v.matches("v?1(\\..*)?"))) {
      throw new PluginRefusal("this node speaks CSI 1.x, the driver " + plugin.versions());
    }
  }

  @Override
  public void gone(PluginInfo plugin) {
    taken.computeIfPresent(
        plugin.name(),
        (_, now) -> {
          if (!now.plugin().equals(plugin)) {
            return now;
          }
          now.driver().close();
          return null;
        });
    changed.run();
  }

  public Optional<Driver> find(String name) {
    return Optional.ofNullable(taken.get(name)).map(Taken::driver);
  }

  /** All, by name. */
  public List<Driver> all() {
    return new TreeMap<>(taken).values().stream().map(Taken::driver).toList();
  }

  @Override
  public void close() {
    taken.values().forEach(one -> one.driver().close());
  }
}
