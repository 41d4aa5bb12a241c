package dev.argosy.agent.device;

import dev.argosy.agent.grpc.GrpcFailure;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One plug-in that has registered, followed on a thread of its own until it goes away or another
 * one takes its place. It does not come back by itself: it registers again.
 */
final class PluginSession implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(PluginSession.class);

  /** Who wants to know. */
  interface Listener {
    void devices(PluginSession session, List<Device> all);

    void gone(PluginSession session);
  }

  private final String resource;
  private final PluginOptions options;
  private final PluginCalls calls;
  private final Listener listener;
  private volatile boolean closed;
  private volatile @Nullable AutoCloseable watch;

  PluginSession(String resource, Path socket, PluginOptions options, Listener listener) {
    this.resource = resource;
    this.options = options;
    this.calls = new PluginCalls(socket);
    this.listener = listener;
  }

  void start() {
    Thread.ofVirtual().name("devices-" + resource).start(this::run);
  }

  String resource() {
    return resource;
  }

  PluginOptions options() {
    return options;
  }

  PluginCalls calls() {
    return calls;
  }

  private void run() {
    String why = "it ended the list of its devices";
    try {
      calls.listAndWatch(devices -> listener.devices(this, devices), call -> watch = call);
    } catch (GrpcFailure e) {
      why = String.valueOf(e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      LOG.error("device plug-in of {}: unexpected failure", resource, e);
    }
    if (!closed) {
      LOG.warn("device plug-in of {} is gone: {}", resource, why);
    }
    listener.gone(this);
    calls.close();
  }

  @Override
  public void close() {
    closed = true;
    AutoCloseable present = watch;
    if (present != null) {
      try {
        present.close();
      } catch (Exception e) {
        LOG.debug("{}: {}", resource, e.toString());
      }
    }
    calls.close();
  }
}
