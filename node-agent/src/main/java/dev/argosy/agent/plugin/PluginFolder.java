package dev.argosy.agent.plugin;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches the folder in which plug-ins put their sockets. What is there when it begins counts, too.
 * A socket that comes is asked what it is, again and again with growing pauses until it is taken;
 * one that is removed, replaced, or no longer listened at, or whose endpoint is not, is given up,
 * and asked again when it answers again.
 */
public final class PluginFolder implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(PluginFolder.class);
  private static final long EVERY_MILLIS = 1_000;

  private final Path folder;
  private final Map<String, PluginHandler> handlers;
  private final Clock clock;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Map<Path, Plugin> plugins = new ConcurrentHashMap<>();
  private final Set<Path> busy = ConcurrentHashMap.newKeySet();
  private String trouble = "";

  /**
   * A folder that is not watched yet.
   *
   * @param handlers by the type of the plug-ins that they take
   */
  public PluginFolder(Path folder, Map<String, PluginHandler> handlers, Clock clock) {
    this.folder = folder;
    this.handlers = Map.copyOf(handlers);
    this.clock = clock;
  }

  /** Makes the folder if need be, and begins to watch it on a thread of its own. */
  public void start() {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      LOG.warn("plug-ins cannot register in {}: {}", folder, e.toString());
    }
    Thread.ofVirtual().name("plug-ins").start(this::run);
  }

  private void run() {
    try {
      do {
        round(threads);
      } while (!closed.await(EVERY_MILLIS, TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RejectedExecutionException e) {
      LOG.debug("closed while plug-ins were looked at");
    }
  }

  /** One look; what it makes necessary is done by the executor, for each socket by itself. */
  synchronized void round(Executor by) {
    try {
      Map<Path, SocketFile> found =
          SocketFile.in(folder).stream()
              .collect(Collectors.toMap(SocketFile::path, Function.identity()));
      found.forEach((path, file) -> plugins.putIfAbsent(path, new Plugin(file, handlers)));
      plugins.forEach((path, plugin) -> {
        boolean same = plugin.file().equals(found.get(path));
        if (busy.add(path)) {
          by.execute(() -> step(plugin, same));
        }
      });
      trouble = "";
    } catch (IOException e) {
      if (!trouble.equals(e.toString())) {
        trouble = e.toString();
        LOG.warn("the folder of plug-ins cannot be read: {}", trouble);
      }
    }
  }

  /** What came in place of another one has its turn when that one was put away. */
  private void step(Plugin plugin, boolean same) {
    try {
      if (same) {
        plugin.step(clock.instant());
      } else {
        plugin.end();
        plugins.remove(plugin.file().path());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      busy.remove(plugin.file().path());
    }
  }

  /** Stops watching; nobody is told that plug-ins are gone. */
  @Override
  public void close() {
    closed.countDown();
    threads.shutdownNow();
  }
}
