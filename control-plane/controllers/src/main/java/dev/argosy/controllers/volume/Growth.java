package dev.argosy.controllers.volume;

import dev.argosy.model.quantity.Quantity;
import tools.jackson.databind.JsonNode;

/**
 * What to do about a bound claim that asks for more than it has. That it may is decided when it is
 * asked for. Volumes of others are grown by their drivers.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/concepts/storage/persistent-volumes/#expanding-persistent-volumes-claims">Expanding
 *     claims</a>
 */
sealed interface Growth {

  String PENDING = "FileSystemResizePending";

  /** Nothing. */
  record None() implements Growth {}

  /** The volume is to be as large as asked for; its node sees to it. */
  record Raise(VolumeView volume, String size) implements Growth {}

  /** The claim is to say that its node has to do its part. */
  record Tell(String size) implements Growth {}

  static Growth of(ClaimView claim, VolumeView volume) {
    JsonNode tree = claim.object().content();
    String size = tree.at("/spec/resources/requests/storage").asString("");
    if (!volume.local() || size.isEmpty()) {
      return new None();
    }
    if (claim.request().compareTo(volume.capacity()) > 0) {
      return new Raise(volume, size);
    }
    JsonNode status = tree.path("status");
    Quantity has = Quantity.parse(status.at("/capacity/storage").asString("0"));
    boolean told =
        status
            .path("conditions")
            .valueStream()
            .anyMatch(condition -> condition.path("type").asString("").equals(PENDING));
    return claim.request().compareTo(has) > 0 && !told ? new Tell(size) : new None();
  }
}
