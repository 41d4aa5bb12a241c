package dev.argosy.agent.garbage;

import dev.argosy.agent.pod.view.ContainerView;
import dev.argosy.agent.pod.view.PodView;
import dev.argosy.agent.pressure.Level;
import dev.argosy.agent.runtime.spi.Container;
import dev.argosy.agent.runtime.spi.ContainerRuntime;
import dev.argosy.agent.runtime.spi.ImageStore.Image;
import dev.argosy.agent.runtime.spi.RuntimeFailure;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Removes images that no pod needs. Any thread, one after another. */
public final class ImageCollector {

  private static final Logger LOG = LoggerFactory.getLogger(ImageCollector.class);

  private final ContainerRuntime runtime;
  private final GarbageSettings settings;
  private final ImageBook book;
  private final Clock clock;
  private final Map<String, Instant> seen = new HashMap<>();

  /**
   * @param file where it is written down which images pods have named
   */
  public ImageCollector(
      ContainerRuntime runtime, GarbageSettings settings, Path file, Clock clock) {
    this.runtime = runtime;
    this.settings = settings;
    this.book = new ImageBook(file);
    this.clock = clock;
  }

  /** A pod has come. */
  public void named(PodView pod) {
    book.name(images(pod), clock.instant());
  }

  private static List<String> images(PodView pod) {
    List<ContainerView> all = pod.all();
    return Stream.concat(all.stream(), pod.ephemeralContainers().stream())
        .map(ContainerView::image)
        .toList();
  }

  /**
   * Removes what is unused for too long and, if the disk is fuller than it should be, as much as is
   * needed.
   *
   * @param active pods that have not come to their end
   * @param disk of the images; empty if it cannot be told
   * @param tell is told if there is not enough to remove
   */
  synchronized void collect(
      List<PodView> active, Supplier<Optional<Level>> disk, Consumer<String> tell)
      throws RuntimeFailure {
    UnusedImages unused = look(active);
    unused.expired(settings, clock.instant()).forEach(this::remove);
    Optional<Level> level = disk.get();
    if (level.isPresent() && level.get().capacity() > 0) {
      long capacity = level.get().capacity();
      long used = capacity - level.get().available();
      if (used * 100 >= capacity * settings.highPercent()) {
        long wanted = used - capacity / 100 * settings.lowPercent();
        long found = free(wanted, unused);
        if (found < wanted) {
          tell.accept(
              "Failed to garbage collect required amount of images. Attempted to free %d bytes, but only found %d bytes eligible to free."
                  .formatted(wanted, found));
        }
      }
    }
    book.save();
  }

  /** Removes all that nobody needs. */
  public synchronized void removeUnused(List<PodView> active) throws RuntimeFailure {
    free(Long.MAX_VALUE, look(active));
    book.save();
  }

  private long free(long bytes, UnusedImages unused) {
    return unused.free(bytes, settings, clock.instant()).stream().mapToLong(this::remove).sum();
  }

  private UnusedImages look(List<PodView> active) throws RuntimeFailure {
    Instant now = clock.instant();
    List<Image> images = runtime.images().list();
    Set<String> present = images.stream().map(Image::id).collect(Collectors.toSet());
    seen.keySet().retainAll(present);
    present.forEach(id -> seen.putIfAbsent(id, now));
    Set<String> used =
        runtime.containers(Map.of()).stream().map(Container::imageId).collect(Collectors.toSet());
    List<String> wanted = active.stream().flatMap(pod -> images(pod).stream()).toList();
    book.name(wanted, now);
    book.name(used, now);
    Set<String> known =
        Stream.concat(
                images.stream().flatMap(image -> UnusedImages.names(image).stream()),
                wanted.stream().map(ImageName::full))
            .collect(Collectors.toSet());
    book.keepOnly(known);
    return new UnusedImages(
        images,
        used,
        wanted.stream().map(ImageName::full).collect(Collectors.toSet()),
        book.all(),
        seen);
  }

  /** The bytes that are free now; none if the engine keeps it, as for containers of others. */
  private long remove(Image image) {
    try {
      for (String name : image.names().isEmpty() ? List.of(image.id()) : image.names()) {
        runtime.images().remove(name);
      }
      book.forget(image.names());
      LOG.info("image {} removed, nobody uses it", image.displayId());
      return image.bytes();
    } catch (RuntimeFailure e) {
      LOG.debug("image {} stays: {}", image.displayId(), e.getMessage());
      return 0;
    }
  }
}
