package dev.argosy.agent.garbage;

import dev.argosy.agent.runtime.spi.ImageStore.Image;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Which images may go.
 *
 * @param images that are there
 * @param used ids of images that a container has
 * @param wanted full names of images that pods of the node want, be it that they are being fetched
 * @param named when pods last wanted an image, by full name
 * @param seen since when images are there, by id
 */
record UnusedImages(
    List<Image> images,
    Set<String> used,
    Set<String> wanted,
    Map<String, Instant> named,
    Map<String, Instant> seen) {

  /** Those unused for longer than allowed. */
  List<Image> expired(GarbageSettings settings, Instant now) {
    return settings.maxAge().isZero()
        ? List.of()
        : removable(settings, now).stream()
            .filter(i -> Duration.between(last(i), now).compareTo(settings.maxAge()) > 0)
            .toList();
  }

  /** The ones longest unused, until that many bytes would be free; all if they are not enough. */
  List<Image> free(long bytes, GarbageSettings settings, Instant now) {
    List<Image> chosen = new ArrayList<>();
    long freed = 0;
    for (Image image : removable(settings, now)) {
      if (freed >= bytes) {
        break;
      }
      chosen.add(image);
      freed += image.bytes();
    }
    return chosen;
  }

  /** Longest unused first, of those the one that came first. */
  private List<Image> removable(GarbageSettings settings, Instant now) {
    return images.stream()
        .filter(i -> !used.contains(i.id()))
        .filter(i -> lastNamed(i).isPresent())
        .filter(i -> names(i).stream().noneMatch(wanted::contains))
        .filter(i -> Duration.between(since(i, now), now).compareTo(settings.minAge()) >= 0)
        .sorted(
            Comparator.comparing(this::last)
                .thenComparing(i -> since(i, now))
                .thenComparing(Image::id))
        .toList();
  }

  private Instant since(Image image, Instant now) {
    return seen.getOrDefault(image.id(), now);
  }

  private Instant last(Image image) {
    return lastNamed(image).orElse(Instant.EPOCH);
  }

  private Optional<Instant> lastNamed(Image image) {
    return names(image).stream()
        .map(named::get)
        .filter(Objects::nonNull)
        .max(Comparator.naturalOrder());
  }

  /** All that an image can be named by; one whose name was given to a newer one has but its id. */
  static List<String> names(Image image) {
    return Stream.concat(image.names().stream(), Stream.of(image.id()))
        .map(ImageName::full)
        .toList();
  }
}
