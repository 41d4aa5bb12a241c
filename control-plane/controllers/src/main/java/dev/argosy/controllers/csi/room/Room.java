package dev.argosy.controllers.csi.room;

import dev.argosy.model.quantity.Quantity;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * How much room there is.
 *
 * @param largest volume that can be made; empty if that is not told
 */
record Room(Quantity capacity, Optional<Quantity> largest) {

  /** Where a driver does not tell, nobody is kept away: it says so when it is to make a volume. */
  static final Room UNTOLD = new Room(Quantity.parse("7Ei"), Optional.empty());

  /** Of an answer to GetCapacity. */
  static Room of(JsonNode answer) {
    return new Room(
        bytes(answer.path("availableCapacity")),
        Optional.ofNullable(answer.get("maximumVolumeSize")).map(Room::bytes));
  }

  private static Quantity bytes(JsonNode number) {
    return Quantity.ofBytes(Math.max(0, number.asLong(0)));
  }
}
